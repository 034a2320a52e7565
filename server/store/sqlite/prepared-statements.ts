import type { SqliteDatabase } from 'kysely';

type Statement = ReturnType<SqliteDatabase['prepare']>;

/** Statements that are kept, and how long one may be: a list of 500 values is as good as never asked for again. */
const KEPT = 300;
const LONGEST = 2000;

/**
 * `prepare` of a database that remembers its statements: a pull asks the same five questions every time, and preparing
 * them cost a quarter of what a small request does. The one that was not used for longest makes room.
 */
export function preparedStatements(
  prepare: (sql: string) => Statement,
): SqliteDatabase['prepare'] & { forget(): void } {
  const kept = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    const known = kept.get(sql);
    const statement = known ?? prepare(sql);
    if (known !== undefined) kept.delete(sql);
    if (sql.length <= LONGEST) kept.set(sql, statement);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '');
    return statement;
  };
  return Object.assign(prepared, { forget: () => kept.clear() });
}
