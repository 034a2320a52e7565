import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors/app-error';
import { makeCode } from '../auth/enrolment';
import { addNewStore } from '../new-store';
import { withContext } from './with-store';

/*
 * node --import tsx server/cli/add-store.ts --name N --issuer DIGITS --owner USER [--branch 001] [...]: a store, its
 * owner, and a code for its first terminal. The password comes from OWNER_PASSWORD or the standard input, never from the
 * command line, where every process of the machine could read it.
 */
const { values } = parseArgs({
  options: {
    name: { type: 'string', default: '' },
    'legal-name': { type: 'string' },
    issuer: { type: 'string', default: '' },
    branch: { type: 'string', default: '001' },
    currency: { type: 'string', default: 'CRC' },
    'time-zone': { type: 'string', default: 'America/Costa_Rica' },
    address: { type: 'string', default: '' },
    phone: { type: 'string', default: '' },
    email: { type: 'string', default: '' },
    owner: { type: 'string', default: '' },
    'owner-name': { type: 'string' },
  },
});
const { name, issuer, branch, currency, address, phone, email, owner } = values;
if (name === '' || issuer === '' || owner === '') {
  console.error('Uso: add-store --name NOMBRE --issuer CÉDULA --owner USUARIO [--branch 001]');
  console.error('La contraseña: OWNER_PASSWORD, o por la entrada estándar.');
  process.exit(1);
}
const password = process.env['OWNER_PASSWORD'] ?? readFileSync(0, 'utf8').replace(/\r?\n$/, '');

await withContext(async (context) => {
  const id = await addNewStore(context, {
    profile: {
      name,
      legalName: values['legal-name'] ?? name,
      issuerId: issuer,
      address,
      phone,
      email,
      branch,
      currency,
      fiscalDeadlineHours: 72,
      maxDiscount: 1000,
      timeZone: values['time-zone'],
    },
    owner: { userName: owner, displayName: values['owner-name'] ?? owner, password },
  });
  const { code } = await makeCode(context, { storeId: id, actor: 'cli' });
  console.log(`${name}: --store ${id}`);
  console.log(`Primera terminal: /?codigo=${code}`);
}).catch((error: unknown) => {
  if (!(error instanceof AppError) || error.code !== 'BAD_REQUEST') throw error;
  console.error(`No es válido: ${String(error.details['path'])}`);
  process.exitCode = 1;
});
