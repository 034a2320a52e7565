import { argon2Verify } from 'hash-wasm';

/** Whether the password is the one of an encoded verifier; a port, since it is slow on purpose. */
export type VerifyPassword = (password: string, verifier: string) => Promise<boolean>;

export const verifyArgon2: VerifyPassword = (password, verifier) =>
  argon2Verify({ password, hash: verifier }).catch(() => false);
