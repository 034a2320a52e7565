import { createHash } from 'node:crypto';
import type { DataPlace } from '../../server/store/open-database';
import { atOneMoment } from '../crash/audit-database';

/** What attacks may add to: the log of what was refused, counts of wrong passwords, and what revoked terminals sent, which has a bound of its own. */
const GROWING = ['audit', 'limits', 'quarantine'];

export interface Rows {
  /** Hash over every row of every table but the growing ones. */
  digests: Record<string, string>;
  audit: number;
  quarantine: number;
}

const LISTS = {
  sqlite: "select name from sqlite_master where type = 'table' order by name",
  postgres:
    "select table_name as name from information_schema.tables where table_schema = 'public' order by table_name",
};

/** The tables as they are in the database, read by a second connection: the server has no part in it. */
export const readRows = (place: DataPlace): Promise<Rows> =>
  atOneMoment(place, async (all) => {
    const list = await all(place.databaseUrl === undefined ? LISTS.sqlite : LISTS.postgres);
    const tables = (list as { name: string }[]).map(({ name }) => name);
    const count = async (table: string): Promise<number> => {
      const [row] = (await all(`select count(*) n from ${table}`)) as { n: number }[];
      return Number(row?.n);
    };
    const digests: Rows['digests'] = {};
    for (const name of tables.filter((table) => !GROWING.includes(table))) {
      const rows = (await all(`select * from "${name}"`)).map((row) => JSON.stringify(row));
      digests[name] = createHash('sha256').update(rows.sort().join('\n')).digest('hex');
    }
    return { digests, audit: await count('audit'), quarantine: await count('quarantine') };
  });
