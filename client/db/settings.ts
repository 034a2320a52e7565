import type { DeskDatabase } from './database';

/**
 * Small facts of this terminal, by key. Values are checked by whoever reads them: what an older version of the product
 * wrote may have another shape.
 */
export interface Settings {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Sets it to what `change` makes of what is stored at that very moment (undefined: nothing is), whatever another tab
   * writes meanwhile: `change` is called again then. Returns what was written.
   */
  update<T>(key: string, change: (stored: unknown) => T): Promise<T>;
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
    async update(key, change) {
      /* Where there is none yet, of two that begin at once the second goes on from the first's. */
      const found =
        (await db.settings.findOne(key).exec()) ??
        (await db.settings.insertIfNotExists({ id: key, value: null }));
      const written = await found.incrementalModify((current) => ({
        ...current,
        value: change(current.value ?? undefined),
      }));
      return written.toMutableJSON().value as never;
    },
  };
}
