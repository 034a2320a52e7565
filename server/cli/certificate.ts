import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { machinePorts } from '../ports';
import { isPermitted, makeAuthority, makeServerCertificate } from '../tls/authority';
import { localHosts } from '../tls/local-hosts';
import { certificateFile, readPair, writePair } from '../tls/tls-files';

/*
 * npm run certificate -- [--host NAME]... [--new-authority]: a certificate for HTTPS in the local network. Run it again
 * for another address, or when the year is over: the authority stays, so the terminals need not be told again.
 */
const { values } = parseArgs({
  options: {
    host: { type: 'string', multiple: true, default: [] },
    'new-authority': { type: 'boolean', default: false },
  },
});
const bad = values.host.filter((host) => !/^[a-z0-9.:-]{1,253}$/.test(host));
if (bad.length > 0) {
  console.error(
    `Nombre o dirección no válidos (minúsculas, sin http:// ni puerto): ${bad.join(', ')}`,
  );
  process.exit(1);
}
const dataDir = path.resolve(process.env['DATA_DIR'] ?? 'data');
const wanted = [...new Set([...values.host, ...localHosts()])];
const known = values['new-authority'] ? null : readPair(dataDir, 'ca');
const authority = known ?? makeAuthority(machinePorts, wanted);
const hosts = wanted.filter((host) => isPermitted(authority, host));
const missing = wanted.filter((host) => !hosts.includes(host));
if (missing.some((host) => values.host.includes(host))) {
  console.error(`La autoridad que hay no puede responder por: ${missing.join(', ')}.`);
  console.error('Con --new-authority se hace otra, y cada terminal debe confiar en ella.');
  process.exit(1);
}
const server = makeServerCertificate(machinePorts, { authority, hosts });
if (known === null) writePair(dataDir, 'ca', authority);
writePair(dataDir, 'server', server);

const made = new X509Certificate(server.certificate);
console.log(`Certificado para: ${hosts.join(', ')}`);
if (missing.length > 0) console.log(`Sin (la autoridad no puede): ${missing.join(', ')}`);
console.log(`Vale hasta: ${made.validTo}. Para renovarlo, ejecute esto otra vez.`);
console.log('');
console.log(`Autoridad${known === null ? ' (nueva)' : ''}: ${certificateFile(dataDir, 'ca')}`);
console.log(`SHA-256: ${new X509Certificate(authority.certificate).fingerprint256}`);
console.log('');
console.log('1. Sincronice todo en los terminales que ya se usan por http: por https serán otros.');
console.log('2. Reinicie el servidor.');
console.log(
  '3. En cada terminal, confíe en la autoridad (README: Terminals on a LAN) y abra https://...',
);
