import { argon2id, argon2Verify } from 'hash-wasm';

/** Parameters of argon2id: OWASP's second choice, 19 MiB and two passes; a login takes some 50 ms of one core. */
const PARAMETERS = {
  parallelism: 1,
  iterations: 2,
  memorySize: 19 * 1024,
  hashLength: 32,
} as const;

/** Encoded argon2id of a password under this salt (16 bytes). */
export const hashPassword = (password: string, salt: Uint8Array): Promise<string> =>
  argon2id({ ...PARAMETERS, password, salt, outputType: 'encoded' });

export const verifyPassword = (password: string, hash: string): Promise<boolean> =>
  argon2Verify({ password, hash }).catch(() => false);
