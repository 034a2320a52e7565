import { type Static, Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import type { Ids } from '../../shared/ports/ids';
import type { Settings } from '../db/settings';
import type { Locks } from '../desk/locks';

const noncesSchema = Type.Object({ used: Type.String(), next: Type.String() });
export type Nonce = Static<typeof noncesSchema>;

const KEY = 'nonce';
const LOCK = 'mostrador-nonce';

/**
 * The rotating nonce by which a copied profile is noticed. The next one is written down before it is sent, and is the
 * same until there was an answer: an answer that is lost, or a crash at any point, never looks like a copy.
 */
export interface Nonces {
  next(): Promise<Nonce>;
  answered(nonce: Nonce): Promise<void>;
}

export function settingsNonces(settings: Settings, ids: Ids, locks: Locks): Nonces {
  const read = async (): Promise<Nonce> => {
    const stored = validate<Nonce>(noncesSchema, await settings.get(KEY));
    return stored.ok ? stored.value : { used: '', next: '' };
  };
  return {
    /* Two tabs that log in at one moment send the same one: each its own would look like a copy. */
    next: () =>
      locks.run(LOCK, async () => {
        const known = await read();
        if (known.next !== '') return known;
        const fresh = { used: known.used, next: ids.newId() };
        await settings.set(KEY, fresh);
        return fresh;
      }),
    async answered({ next }) {
      /* Another tab may have gone on meanwhile. */
      if ((await read()).next === next) await settings.set(KEY, { used: next, next: '' });
    },
  };
}
