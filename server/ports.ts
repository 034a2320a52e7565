import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/ports/clock';
import type { Ids } from '../shared/ports/ids';
import { argon2Passwords, type Passwords } from './auth/password';

/** What the server asks of its machine; tests give their own. */
export interface ServerPorts {
  clock: Clock;
  ids: Ids;
  /** Cryptographically strong bytes. */
  random: (bytes: number) => Buffer;
  passwords: Passwords;
}

export const machinePorts: ServerPorts = {
  clock: { now: () => Date.now() },
  ids: { newId: () => randomUUID() },
  random: (bytes) => randomBytes(bytes),
  passwords: argon2Passwords,
};
