import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of a text, 64 hex digits, as RxDB's hash function wants it (a promise, though computed at once). */
export const sha256Text = (input: string): Promise<string> =>
  Promise.resolve(bytesToHex(sha256(utf8ToBytes(input))));
