import type { Kysely } from 'kysely';
import { appliedMigrations, knownMigrations } from './migrate';
import type { Readiness } from './port';
import type { Tables } from './tables';

/** Longer than this is no answer to whoever asks whether to send requests here. */
const ANSWER_MS = 3_000;

/** Read-only, or no room: reads would still be answered, sales would not. */
const READ_ONLY = /^(25006|53100|SQLITE_(READONLY|FULL))/;

class Undo extends Error {}

/** `Store.readiness`. One look at a time, however many ask. */
export function readinessOf(db: Kysely<Tables>): () => Promise<Readiness> {
  let looking: Promise<Readiness> | null = null;
  return () => {
    looking ??= look(db).finally(() => {
      looking = null;
    });
    return looking;
  };
}

async function look(db: Kysely<Tables>): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Readiness>((resolve) => {
    timer = setTimeout(resolve, ANSWER_MS, 'down');
  });
  try {
    return await Promise.race([ask(db), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(db: Kysely<Tables>): Promise<Readiness> {
  try {
    const applied = new Set(await appliedMigrations(db));
    if ((await knownMigrations()).some((name) => !applied.has(name))) return 'behind';
    await writeInVain(db);
    return 'ready';
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
    return READ_ONLY.test(String(code)) ? 'readOnly' : 'down';
  }
}

/** A write to where attempts of nobody are counted, and back: nothing of it is ever seen, or waits for a disk. */
async function writeInVain(db: Kysely<Tables>): Promise<void> {
  try {
    await db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('limits')
        .values({ store_id: '', key: 'ready', hits: 0, resets_at: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
}
