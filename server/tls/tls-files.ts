import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KeyAndCertificate } from './authority';

/** Where a server's own keys and certificates lie, under its data folder. */
const fileOf = (dataDir: string, name: string): string => path.join(dataDir, 'tls', name);

export type TlsName = 'ca' | 'server';

export const certificateFile = (dataDir: string, name: TlsName): string =>
  fileOf(dataDir, `${name}.crt`);

/** Null where there is none. */
export function readPair(dataDir: string, name: TlsName): KeyAndCertificate | null {
  const [key, certificate] = [fileOf(dataDir, `${name}.key`), certificateFile(dataDir, name)];
  if (!existsSync(key) || !existsSync(certificate)) return null;
  return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
}

/** Keys are for the server's own user only. Each file appears whole: a server that starts meanwhile reads no half. */
export function writePair(dataDir: string, name: TlsName, pair: KeyAndCertificate): void {
  mkdirSync(path.join(dataDir, 'tls'), { recursive: true, mode: 0o700 });
  const write = (file: string, text: string, mode: number): void => {
    writeFileSync(`${file}.new`, text, { mode });
    renameSync(`${file}.new`, file);
  };
  write(fileOf(dataDir, `${name}.key`), pair.key, 0o600);
  write(certificateFile(dataDir, name), pair.certificate, 0o644);
}
