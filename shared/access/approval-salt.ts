import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Salt (16 bytes) of the key by which a person approves. It follows from the person's id, so that a terminal can make
 * the key from the password alone, without a connection; the verifier that terminals hold has another salt, so that what
 * they hold does not give the key away.
 */
export const approvalSalt = (userId: string): Uint8Array =>
  sha256(utf8ToBytes(`mostrador approval ${userId}`)).slice(0, 16);
