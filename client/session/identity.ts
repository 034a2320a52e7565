import { type Static, Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import { storeProfileSchema, terminalProfileSchema } from '../../shared/protocol/messages';
import type { Settings } from '../db/settings';

/** Which terminal this browser profile is, and which life of the server's data it has read. */
const identitySchema = Type.Object({
  store: storeProfileSchema,
  terminal: terminalProfileSchema,
  epoch: Type.String(),
  /** The server knows this profile's key: it has to prove itself by it, and signs what it issues. */
  hasKey: Type.Optional(Type.Boolean()),
});
export type Identity = Static<typeof identitySchema>;

const KEY = 'identity';

export interface IdentityStore {
  /** Null when this profile was never enrolled, or its data were wiped (F25: then it enrols as a new terminal). */
  read(): Promise<Identity | null>;
  write(identity: Identity): Promise<void>;
}

export const settingsIdentity = (settings: Settings): IdentityStore => ({
  async read() {
    const stored = validate<Identity>(identitySchema, await settings.get(KEY));
    return stored.ok ? stored.value : null;
  },
  write: (identity) => settings.set(KEY, identity),
});
