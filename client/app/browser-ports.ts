import type { Clock } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';

/* The only place in the client where the machine's clock and randomness are asked. */

export const browserClock: Clock = { now: () => Date.now() };

/** UUID v4 from `getRandomValues`, which, unlike `randomUUID`, exists without HTTPS too. */
export const browserIds: Ids = {
  newId: () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join('-');
  },
};

/** `length` random decimal digits, for the security code of a clave. */
export const browserDigits = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(length)), (value) => String(value % 10)).join(
    '',
  );
