import { type Kysely, sql } from 'kysely';
import { type MigrationResultSet, Migrator } from 'kysely/migration';
import { AppError } from '../../shared/errors/app-error';
import { storeError } from './busy-error';
import { isPostgres } from './dialect';
import { migrations } from './migrations';

/**
 * Brings the tables up to date, or to just this migration. Several nodes may start at once: Kysely's migrator lets one of
 * them work (an advisory lock on PostgreSQL), the others wait for it and find nothing left to do. STORE_BUSY, INTERNAL.
 */
export function migrate<T>(db: Kysely<T>, to?: string): Promise<void> {
  return db.connection().execute(async (connection) => {
    if (to === undefined && (await isOfNewer(connection))) return;
    /* Building an index takes as long as it takes, and so does waiting for the node that builds it. */
    if (isPostgres(db))
      await sql`set statement_timeout = 0; set lock_timeout = 0`.execute(connection);
    const migrator = new Migrator({ db: connection, provider: migrations });
    const { error }: MigrationResultSet =
      to === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(to);
    if (isPostgres(db)) await sql`reset statement_timeout; reset lock_timeout`.execute(connection);
    if (error === undefined) return;
    const known = storeError(error);
    throw known.code === 'STORE_BUSY'
      ? known
      : new AppError('INTERNAL', { migration: true }, { cause: error });
  });
}

/**
 * Whether a newer program has brought the tables further than this one knows. It works with them all the same: migrations
 * only add (P97). So a node of the version before may start again while the others are updated, or after they were.
 */
async function isOfNewer<T>(db: Kysely<T>): Promise<boolean> {
  const [applied, known] = [await appliedMigrations(db), await knownMigrations()];
  return applied.length > known.length && known.every((name) => applied.includes(name));
}

const JOURNAL = 'kysely_migration';

/** Names of the migrations that the tables have been through, in their order; those of a newer program too. */
export async function appliedMigrations<T>(db: Kysely<T>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === JOURNAL)) return [];
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(JOURNAL)} order by timestamp, name`.execute(db);
  return rows.map(({ name }) => name);
}

export const knownMigrations = async (): Promise<readonly string[]> =>
  Object.keys(await migrations.getMigrations());
