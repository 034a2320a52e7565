import type { DeskDatabase } from './database';

/**
 * Small facts of this terminal, by key. Values are checked by whoever reads them: what an older version of the product
 * wrote may have another shape.
 */
export interface Settings {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

export function databaseSettings(db: DeskDatabase): Settings {
  return {
    get: async (key) => (await db.settings.findOne(key).exec())?.toJSON().value,
    set: async (key, value) => {
      await db.settings.incrementalUpsert({ id: key, value });
    },
    remove: async (key) => {
      await (await db.settings.findOne(key).exec())?.incrementalRemove();
    },
  };
}
