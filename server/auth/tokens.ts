import { createHash } from 'node:crypto';

/** What is kept of a token: a copy of the database opens no session. Tokens are random, so no salt is needed. */
export const tokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('hex');

/** 256 random bits, URL-safe. */
export const newToken = (random: (bytes: number) => Buffer): string =>
  random(32).toString('base64url');

/** Letters and digits that are not taken for one another when read aloud or from a screen. */
const CODE_ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

function randomLetters(random: (bytes: number) => Buffer, count: number): string[] {
  const letters: string[] = [];
  while (letters.length < count) {
    const byte = random(1)[0] ?? 255;
    /* Bytes past the last whole multiple are thrown away: each letter is equally likely. */
    if (byte < 240) letters.push(CODE_ALPHABET[byte % CODE_ALPHABET.length] ?? '');
  }
  return letters;
}

/** A one-time code for a terminal, `XXXX-XXXX`: 39 bits, for a day, behind a limiter. */
export function newCode(random: (bytes: number) => Buffer): string {
  const letters = randomLetters(random, 8);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** A password to be told once, `xxxx-xxxx-xxxx`: 58 bits, easy to read aloud. */
export function newPassword(random: (bytes: number) => Buffer): string {
  const letters = randomLetters(random, 12).join('').toLowerCase();
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

/** Codes are typed by people: case, spaces and the hyphen do not matter. */
export const codeHash = (code: string): string =>
  tokenHash(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
