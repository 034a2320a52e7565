import { argon2id, argon2Verify } from 'hash-wasm';

/** Slow hashing of passwords, on purpose; a port, since a test that is not about it need not wait for it. */
export interface Passwords {
  /** Encoded hash of a password under this salt (16 bytes). */
  hash(password: string, salt: Uint8Array): Promise<string>;
  /** Whether the password is the one of this encoded hash; a text that is none is nobody's. */
  verify(password: string, hash: string): Promise<boolean>;
}

/** Parameters of argon2id: OWASP's second choice, 19 MiB and two passes; a login takes some 50 ms of one core. */
const PARAMETERS = {
  parallelism: 1,
  iterations: 2,
  memorySize: 19 * 1024,
  hashLength: 32,
} as const;

export const argon2Passwords: Passwords = {
  hash: (password, salt) => argon2id({ ...PARAMETERS, password, salt, outputType: 'encoded' }),
  verify: (password, hash) => argon2Verify({ password, hash }).catch(() => false),
};
