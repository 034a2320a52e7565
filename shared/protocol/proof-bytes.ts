import { utf8ToBytes } from '@noble/hashes/utils.js';

/*
 * What a terminal signs to show that it holds its key. Each text begins with its purpose, so that no signature made for one
 * can be shown for another; an invoice's is made over 32 bytes, which none of these texts has.
 */

/** One login: of this user, at this terminal, over a challenge that is good once. */
export const loginProofBytes = (login: {
  terminalId: string;
  challenge: string;
  userName: string;
  nonce: string;
}): Uint8Array =>
  utf8ToBytes(
    ['mostrador-login', login.terminalId, login.challenge, login.userName, login.nonce].join('\n'),
  );

/** An enrolment: of the key that is sent along, by whoever has the code. */
export const enrolProofBytes = (code: string): Uint8Array =>
  utf8ToBytes(['mostrador-enrol', code].join('\n'));
