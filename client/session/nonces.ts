import { type Static, Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import type { Ids } from '../../shared/ports/ids';
import type { Settings } from '../db/settings';

const noncesSchema = Type.Object({ used: Type.String(), next: Type.String() });
export type Nonce = Static<typeof noncesSchema>;

const KEY = 'nonce';

/**
 * The rotating nonce by which a copied profile is noticed. The next one is written down before it is sent, and is the
 * same until there was an answer: an answer that is lost, or a crash at any point, never looks like a copy.
 */
export interface Nonces {
  next(): Promise<Nonce>;
  answered(nonce: Nonce): Promise<void>;
}

export function settingsNonces(settings: Settings, ids: Ids): Nonces {
  const parse = (value: unknown): Nonce => {
    const stored = validate<Nonce>(noncesSchema, value);
    return stored.ok ? stored.value : { used: '', next: '' };
  };
  return {
    /* Two tabs that log in at one moment send the same one: each its own would look like a copy. */
    next: () =>
      settings.update(KEY, (stored) => {
        const known = parse(stored);
        return known.next === '' ? { used: known.used, next: ids.newId() } : known;
      }),
    async answered({ next }) {
      /* Another tab may have gone on meanwhile. */
      await settings.update(KEY, (stored) => {
        const known = parse(stored);
        return known.next === next ? { used: next, next: '' } : known;
      });
    },
  };
}
