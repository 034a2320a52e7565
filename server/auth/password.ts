import { argon2id, argon2Verify } from 'hash-wasm';
import { ARGON2_PARAMETERS } from '../../shared/access/argon2-parameters';

/** Slow hashing of passwords, on purpose; a port, since a test that is not about it need not wait for it. */
export interface Passwords {
  /** Encoded hash of a password under this salt (16 bytes). */
  hash(password: string, salt: Uint8Array): Promise<string>;
  /** Whether the password is the one of this encoded hash; a text that is none is nobody's. */
  verify(password: string, hash: string): Promise<boolean>;
}

export const argon2Passwords: Passwords = {
  hash: (password, salt) =>
    argon2id({ ...ARGON2_PARAMETERS, password, salt, outputType: 'encoded' }),
  verify: (password, hash) => argon2Verify({ password, hash }).catch(() => false),
};
