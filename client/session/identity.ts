import { type Static, Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import {
  publicKeySchema,
  storeProfileSchema,
  terminalProfileSchema,
} from '../../shared/protocol/messages';
import type { Settings } from '../db/settings';

/** Which terminal this browser profile is, and which life of the server's data it has read. */
const identitySchema = Type.Object({
  store: storeProfileSchema,
  terminal: terminalProfileSchema,
  epoch: Type.String(),
  /** The server knows this profile's key: it has to prove itself by it, and signs what it issues. */
  hasKey: Type.Optional(Type.Boolean()),
  /** That key; a browser that lost the pair makes another one, by which the server would believe nothing. */
  publicKey: Type.Optional(publicKeySchema),
});
export type Identity = Static<typeof identitySchema>;

const KEY = 'identity';

export interface IdentityStore {
  /** Null when this profile was never enrolled, or its data were wiped (F25: then it enrols as a new terminal). */
  read(): Promise<Identity | null>;
  write(identity: Identity): Promise<void>;
  /** Changes the stored one, whatever another tab has written since it was read. TERMINAL_UNKNOWN where there is none. */
  update(change: (stored: Identity) => Identity): Promise<Identity>;
}

const parse = (value: unknown): Identity | null => {
  const stored = validate<Identity>(identitySchema, value);
  return stored.ok ? stored.value : null;
};

export const settingsIdentity = (settings: Settings): IdentityStore => ({
  read: async () => parse(await settings.get(KEY)),
  write: (identity) => settings.set(KEY, identity),
  update: (change) =>
    settings.update(KEY, (value) => {
      const stored = parse(value);
      if (stored === null) throw new AppError('TERMINAL_UNKNOWN');
      return change(stored);
    }),
});
