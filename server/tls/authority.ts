import { generateKeyPairSync } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';
import { AppError } from '../../shared/errors/app-error';
import type { ServerPorts } from '../ports';

/** Kinds of names in a certificate. */
const DNS = 2;
const IP = 7;
const NAME_CONSTRAINTS = '2.5.29.30';

const DAY_MS = 24 * 3600 * 1000;
const AUTHORITY_DAYS = 3650;
/** What browsers accept of a certificate at most; the command makes the next one under the same authority. */
const SERVER_DAYS = 397;

/** A private key and its certificate, both PEM. */
export interface KeyAndCertificate {
  key: string;
  certificate: string;
}

type Ports = Pick<ServerPorts, 'clock' | 'random'>;

/**
 * What an authority of our own may vouch for: a store's own names and private networks, and never the rest of the web.
 * Whoever steals its key from the server cannot pose as a bank at the terminals that trust it.
 */
const PRIVATE_NAMES = ['localhost', 'local', 'lan', 'internal', 'home.arpa'];
const PRIVATE_NETWORKS: readonly (readonly number[])[] = [
  [10, 0, 0, 0, 255, 0, 0, 0],
  [172, 16, 0, 0, 255, 240, 0, 0],
  [192, 168, 0, 0, 255, 255, 0, 0],
  [169, 254, 0, 0, 255, 255, 0, 0],
  [127, 0, 0, 0, 255, 0, 0, 0],
  [...ipv6Bytes([0, 0, 0, 0, 0, 0, 0, 1]), ...Array<number>(16).fill(255)],
  [...ipv6Bytes([0xfc00, 0, 0, 0, 0, 0, 0, 0]), 254, ...Array<number>(15).fill(0)],
  [...ipv6Bytes([0xfe80, 0, 0, 0, 0, 0, 0, 0]), 255, 192, ...Array<number>(14).fill(0)],
];

function ipv6Bytes(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 255]);
}

/** A certificate authority for one server. `hosts`: names beside the private ones that it may vouch for. */
export function makeAuthority(ports: Ports, hosts: readonly string[]): KeyAndCertificate {
  const { certificate, keys } = blank(ports, AUTHORITY_DAYS);
  const subject = [
    { name: 'commonName', value: `Mostrador ${certificate.serialNumber.slice(-6)}` },
  ];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    { id: NAME_CONSTRAINTS, critical: true, value: nameConstraints(hosts) },
  ]);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  return pem(certificate, keys.privateKey);
}

/** A certificate for the server's names and addresses, under an authority. */
export function makeServerCertificate(
  ports: Ports,
  { authority, hosts }: { authority: KeyAndCertificate; hosts: readonly string[] },
): KeyAndCertificate {
  const [first] = hosts;
  if (first === undefined) throw new AppError('BAD_REQUEST', { path: '/hosts' });
  const issuer = forge.pki.certificateFromPem(authority.certificate);
  const { certificate, keys } = blank(ports, SERVER_DAYS);
  certificate.setSubject([{ name: 'commonName', value: first }]);
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: hosts.map((host) =>
        isIP(host) === 0 ? { type: DNS, value: host } : { type: IP, ip: host },
      ),
    },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes(),
    },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(authority.key), forge.md.sha256.create());
  return pem(certificate, keys.privateKey);
}

/** The key pair is made by node: the library's own takes seconds of JavaScript. */
function blank({ clock, random }: Ports, days: number) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const key = forge.pki.privateKeyFromPem(
    privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  );
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  /* Positive and without a leading zero, as DER wants it. */
  certificate.serialNumber = `4${random(16).toString('hex').slice(1)}`;
  const now = clock.now();
  /* A day early: terminals' clocks are not all right. */
  certificate.validity.notBefore.setTime(now - DAY_MS);
  certificate.validity.notAfter.setTime(now + days * DAY_MS);
  return { certificate, keys: { privateKey: key } };
}

const pem = (
  certificate: forge.pki.Certificate,
  privateKey: forge.pki.rsa.PrivateKey,
): KeyAndCertificate => ({
  key: forge.pki.privateKeyToPem(privateKey),
  certificate: forge.pki.certificateToPem(certificate),
});

/** An address as its 4 or 16 bytes. */
function bytesOf(address: string): string {
  if (isIP(address) === 4) return String.fromCharCode(...address.split('.').map(Number));
  const [head = [], tail = []] = address
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))));
  const between = Array<number>(8 - head.length - tail.length).fill(0);
  return String.fromCharCode(...ipv6Bytes([...head, ...between, ...tail]));
}

/** DER of RFC 5280's NameConstraints with permitted subtrees only. */
function nameConstraints(hosts: readonly string[]): string {
  const { asn1 } = forge;
  const subtree = (tag: number, bytes: string) =>
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
      asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, false, bytes),
    ]);
  const names = [...PRIVATE_NAMES, ...hosts.filter((host) => isIP(host) === 0)];
  const permitted = [
    ...[...new Set(names)].map((name) => subtree(DNS, name)),
    ...PRIVATE_NETWORKS.map((bytes) => subtree(IP, String.fromCharCode(...bytes))),
    ...hosts
      .filter((host) => isIP(host) !== 0)
      .map((host) => subtree(IP, `${bytesOf(host)}${'\xff'.repeat(bytesOf(host).length)}`)),
  ];
  const constraints = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, true, permitted),
  ]);
  return asn1.toDer(constraints).getBytes();
}

/** Whether an authority may vouch for a host: with one that it may not, a certificate is worth nothing to anybody. */
export function isPermitted(
  { certificate }: Pick<KeyAndCertificate, 'certificate'>,
  host: string,
): boolean {
  const { extensions } = forge.pki.certificateFromPem(certificate);
  const constraints = extensions.find(({ id }) => id === NAME_CONSTRAINTS);
  const der: unknown = constraints?.value;
  if (typeof der !== 'string') return true;
  const [permitted] = forge.asn1.fromDer(der).value as forge.asn1.Asn1[];
  const names = ((permitted?.value ?? []) as forge.asn1.Asn1[]).map(
    (subtree) => (subtree.value as forge.asn1.Asn1[])[0],
  );
  const wanted = isIP(host) === 0 ? DNS : IP;
  return names.some((name) => {
    if (Number(name?.type) !== wanted || typeof name?.value !== 'string') return false;
    return wanted === DNS ? isBelow(host, name.value) : isInside(bytesOf(host), name.value);
  });
}

const isBelow = (host: string, name: string): boolean => host === name || host.endsWith(`.${name}`);

/** An address in a network: its bytes, then those of its mask. */
function isInside(address: string, network: string): boolean {
  if (network.length !== 2 * address.length) return false;
  return [...address].every((letter, i) => {
    const mask = network.charCodeAt(address.length + i);
    return (letter.charCodeAt(0) & mask) === (network.charCodeAt(i) & mask);
  });
}
