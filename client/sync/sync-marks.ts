import { Type } from '@sinclair/typebox';
import { Subject } from 'rxjs';
import type { CollectionName } from '../../schemas/registry';
import { validate } from '../../schemas/validate';
import type { Settings } from '../db/settings';

/** Collections that must have been complete once before anything is sold; stock and invoices may come later (F18). */
export const NEEDED_TO_SELL = ['clients', 'products', 'users'] as const;

const marksSchema = Type.Record(Type.String(), Type.String());
const KEY = 'syncMarks';

/**
 * When each collection was last synced to its end. A collection without a mark was never complete on this terminal,
 * so it must not be sold from (F18).
 */
export interface SyncMarks {
  read(): Promise<Readonly<Partial<Record<CollectionName, string>>>>;
  completed(collection: CollectionName, at: string): Promise<void>;
  readonly changed$: Subject<void>;
}

export function settingsSyncMarks(settings: Settings): SyncMarks {
  const changed$ = new Subject<void>();
  const read = async (): Promise<Partial<Record<CollectionName, string>>> => {
    const stored = validate<Partial<Record<CollectionName, string>>>(
      marksSchema,
      await settings.get(KEY),
    );
    return stored.ok ? stored.value : {};
  };
  return {
    read,
    changed$,
    async completed(collection, at) {
      await settings.set(KEY, { ...(await read()), [collection]: at });
      changed$.next();
    },
  };
}
