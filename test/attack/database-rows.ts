import { createHash } from 'node:crypto';
import path from 'node:path';
import Database from 'libsql';

/** What attacks may add to: the log of what was refused, counts of wrong passwords, and what revoked terminals sent, which has a bound of its own. */
const GROWING = ['audit', 'limits', 'quarantine'];

export interface Rows {
  /** Hash over every row of every table but the growing ones. */
  digests: Record<string, string>;
  audit: number;
  quarantine: number;
}

/** The tables as they are on disk, read by a second connection: the server has no part in it. */
export function readRows(dataDir: string): Rows {
  const database = new Database(path.join(dataDir, 'mostrador.db'), { readonly: true });
  try {
    database.exec('begin');
    const all = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
    const tables = all("select name from sqlite_master where type = 'table' order by name").map(
      ({ name }) => String(name),
    );
    const count = (table: string): number =>
      Number(all(`select count(*) n from ${table}`)[0]?.['n']);
    return {
      digests: Object.fromEntries(
        tables
          .filter((name) => !GROWING.includes(name))
          .map((name) => {
            const rows = all(`select * from "${name}"`).map((row) => JSON.stringify(row));
            return [name, createHash('sha256').update(rows.sort().join('\n')).digest('hex')];
          }),
      ),
      audit: count('audit'),
      quarantine: count('quarantine'),
    };
  } finally {
    database.close();
  }
}
