import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { ServerContext } from '../../server/context';
import { prng } from '../../server/demo/prng';
import { seedDemo } from '../../server/demo/seed-demo';
import { storeError } from '../../server/store/busy-error';
import { openNode } from '../kit/start-server';
import { postgresDatabase, type TestDatabase } from '../kit/test-database';

/** Something that gives documents numbers, and lists them after a number: as a terminal's checkpoint needs it. */
interface Feed {
  /** Resolves when the document is committed: acknowledged. `pause` passes between its number and its commit. */
  write(id: string, pause: () => Promise<void>): Promise<void>;
  after(seq: number): Promise<{ id: string; seq: number }[]>;
}

const NODES = 4;
const WRITERS = 16;
const EACH = 12;

/**
 * Lets many write at once, and others follow with a checkpoint meanwhile. Returns the acknowledged documents that a
 * follower never saw, though it went on until there was nothing left to read.
 */
async function missed(feeds: readonly Feed[]): Promise<string[]> {
  const next = prng(7);
  const pause = async () => void (await wait(next() * 15));
  const acknowledged: string[] = [];
  let writing = true;
  const follow = async (feed: Feed): Promise<Set<string>> => {
    const seen = new Set<string>();
    for (let seq = 0; ; ) {
      const isLast = !writing;
      const page = await feed.after(seq);
      for (const row of page) seen.add(row.id);
      seq = page.at(-1)?.seq ?? seq;
      if (isLast && page.length === 0) return seen;
    }
  };
  const followers = feeds.map(follow);
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const feed = feeds[writer % feeds.length];
      for (let i = 0; i < EACH; i++) {
        const id = randomUUID();
        await acknowledgedBy(() => feed?.write(id, pause));
        acknowledged.push(id);
      }
    }),
  ).finally(() => {
    writing = false;
  });
  const seen = await Promise.all(followers);
  expect(acknowledged).toHaveLength(WRITERS * EACH);
  return acknowledged.filter((id) => seen.some((ids) => !ids.has(id)));
}

/** On a busy machine a writer waits for longer than a lock may be waited for: it is told so, and sends again. */
async function acknowledgedBy(write: () => Promise<void> | undefined): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (storeError(error).code !== 'STORE_BUSY') throw error;
    }
  }
}

let database: TestDatabase;
beforeAll(async () => {
  database = await postgresDatabase();
});
afterAll(() => database.remove());

test('F1 P14 many write through several nodes at once: no checkpoint ever passes an acknowledged document', async () => {
  const contexts = await Promise.all(Array.from({ length: NODES }, () => openNode(database)));
  const [first] = contexts;
  if (first === undefined) throw new Error('no node');
  const storeId = await seedDemo(first);
  const feed = ({ store }: ServerContext): Feed => ({
    write: (id, pause) =>
      store.transaction(storeId, async ({ documents }) => {
        const state = { id, ver: 1, edit: randomUUID(), pending: 0 };
        await documents.write('movements', [
          { id, ver: 1, edit: state.edit, json: JSON.stringify(state) },
        ]);
        await pause();
      }),
    async after(seq) {
      const page = await store.scope(storeId).documents.changes('movements', seq, 5);
      const ids = JSON.parse(`[${Buffer.from(page.json).toString()}]`) as { id: string }[];
      /* Only the page's last number counts for a checkpoint. */
      return ids.map(({ id }) => ({ id, seq: page.seq }));
    },
  });
  expect(await missed(contexts.map(feed))).toEqual([]);
  await Promise.all(contexts.map(({ store }) => store.close()));
}, 60_000);

test('F1 the same over a plain sequence of the database misses some: what this looks for can be seen', async () => {
  const connectionString = database.place.databaseUrl;
  await database.run('create table twin (seq bigserial primary key, id text not null)');
  const pools = Array.from({ length: NODES }, () => new pg.Pool({ connectionString, max: 6 }));
  const feed = (pool: pg.Pool): Feed => ({
    async write(id, pause) {
      const client = await pool.connect();
      await client.query('begin');
      await client.query('insert into twin (id) values ($1)', [id]);
      await pause();
      await client.query('commit');
      client.release();
    },
    async after(seq) {
      const page = await pool.query(
        'select id, seq from twin where seq > $1 order by seq limit 5',
        [seq],
      );
      return page.rows.map((row: { id: string; seq: string }) => ({
        id: row.id,
        seq: Number(row.seq),
      }));
    },
  });
  const lost = await missed(pools.map(feed));
  await Promise.all(pools.map((pool) => pool.end()));
  expect(lost.length).toBeGreaterThan(0);
}, 60_000);
