import { argon2id } from 'hash-wasm';
import { ARGON2_PARAMETERS } from '../../shared/access/argon2-parameters';

/** Encoded slow hash of a password under a salt (16 bytes): the same text as the server makes of the two. */
export type HashPassword = (password: string, salt: Uint8Array) => Promise<string>;

export const hashArgon2: HashPassword = (password, salt) =>
  argon2id({ ...ARGON2_PARAMETERS, password, salt, outputType: 'encoded' });
