import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { AppError } from '../../shared/errors/app-error';
import type { ListenOptions } from '../listen';
import { certificateFile, readPair } from './tls-files';

/**
 * What the server needs for HTTPS: the files that TLS_CERT and TLS_KEY name, else what `npm run certificate` made, else
 * undefined. Throws BAD_REQUEST where only one is named, or where they are no certificate and its key.
 */
export function loadHttps(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): ListenOptions['https'] {
  const servesPlainLan = env['HTTP_LAN'] === 'serve';
  const { TLS_CERT: certificateName = '', TLS_KEY: keyName = '' } = env;
  if (certificateName === '' && keyName === '') {
    const own = readPair(dataDir, 'server');
    if (own === null) return undefined;
    return { ...checked(own), servesPlainLan, authorityFile: certificateFile(dataDir, 'ca') };
  }
  if (certificateName === '' || keyName === '') {
    throw new AppError('BAD_REQUEST', { reason: 'TLS_CERT and TLS_KEY go together' });
  }
  const pair = {
    certificate: readFileSync(certificateName, 'utf8'),
    key: readFileSync(keyName, 'utf8'),
  };
  return { ...checked(pair), servesPlainLan, authorityFile: null };
}

/** Found out at the start, not at the first connection. */
function checked<T extends { certificate: string; key: string }>(pair: T): T {
  try {
    createSecureContext({ cert: pair.certificate, key: pair.key });
    return pair;
  } catch (cause) {
    throw new AppError(
      'BAD_REQUEST',
      { reason: 'certificate and key do not belong together' },
      { cause },
    );
  }
}

const DAY_MS = 24 * 3600 * 1000;
const WARN_DAYS = 30;

/** What somebody must be told of a certificate that ends soon, or has ended; null where there is time. */
export function expiryWarning(certificate: string, now: number): string | null {
  const { validTo } = new X509Certificate(certificate);
  const days = Math.floor((Date.parse(validTo) - now) / DAY_MS);
  if (days >= WARN_DAYS) return null;
  const ends = days < 0 ? 'ya venció' : `vence en ${days} días`;
  return `El certificado ${ends} (${validTo}): ejecute npm run certificate y reinicie.`;
}

/** Names and addresses that a certificate is for. */
export const certificateHosts = (certificate: string): string[] =>
  (new X509Certificate(certificate).subjectAltName ?? '')
    .split(', ')
    .map((name) => name.replace(/^[^:]*:/, ''));
