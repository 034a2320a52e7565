import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/ports/clock';
import type { Ids } from '../shared/ports/ids';

/** What the server asks of its machine; tests give their own. */
export interface ServerPorts {
  clock: Clock;
  ids: Ids;
  /** Cryptographically strong bytes. */
  random: (bytes: number) => Buffer;
}

export const machinePorts: ServerPorts = {
  clock: { now: () => Date.now() },
  ids: { newId: () => randomUUID() },
  random: (bytes) => randomBytes(bytes),
};
