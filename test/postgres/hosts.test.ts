import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { storeError } from '../../server/store/busy-error';
import { createKyselyStore } from '../../server/store/kysely-store';
import type { Store } from '../../server/store/port';
import { hostOf, parseHosts } from '../../server/store/postgres/hosts';
import { openPostgres } from '../../server/store/postgres/open-postgres';
import { type PostgresCluster, startCluster } from '../kit/postgres-cluster';
import { untilAnswered } from './until-answered';

describe('the form of DATABASE_URL', () => {
  const bad = (url: string): unknown => {
    try {
      return parseHosts(url);
    } catch (error) {
      return (error as { code: string; details: unknown }).code;
    }
  };

  test('one host is passed on as it is', () => {
    const url = 'postgres://u:p%40%2F@db:5433/m?sslmode=require';
    expect(parseHosts(url)).toEqual({ urls: [url], primaryOnly: false });
    const socket = 'postgres:///m?host=/var/run/postgresql';
    expect(parseHosts(socket)).toEqual({ urls: [socket], primaryOnly: false });
  });

  test('P95 several hosts are an address each, and only the primary will do', () => {
    const url =
      'postgresql://u:p,@:1@one:5432,[::1]:5433,two/m?a=1&target_session_attrs=read-write&b=%2F';
    expect(parseHosts(url)).toEqual({
      urls: [
        'postgresql://u:p,@:1@one:5432/m?a=1&b=%2F',
        'postgresql://u:p,@:1@[::1]:5433/m?a=1&b=%2F',
        'postgresql://u:p,@:1@two/m?a=1&b=%2F',
      ],
      primaryOnly: true,
    });
    expect(parseHosts('postgres://one,two/m').primaryOnly).toBe(true);
    expect(parseHosts('postgres://one/m?target_session_attrs=primary')).toEqual({
      urls: ['postgres://one/m'],
      primaryOnly: true,
    });
    expect(hostOf('postgres://user:secret@one:5432/m')).toBe('one:5432');
  });

  test('what cannot be read is said by a code', () => {
    expect(bad('postgres://u:p@one,,two/m')).toBe('DATABASE_URL_BAD');
    expect(bad('postgres://u:p@one,two/m?target_session_attrs=standby')).toBe('DATABASE_URL_BAD');
    expect(bad('mysql://one,two/m?x=,')).toBe('DATABASE_URL_BAD');
  });
});

describe('a primary and its standby', () => {
  let primary: PostgresCluster;
  let standby: PostgresCluster;
  let store: Store;
  const told: string[] = [];

  beforeAll(async () => {
    primary = await startCluster();
    standby = await primary.startStandby();
    const of = (cluster: PostgresCluster) => new URL(cluster.url()).host;
    /* The standby first: it is passed over. */
    const url = primary.url().replace(of(primary), `${of(standby)},${of(primary)}`);
    store = await createKyselyStore(
      openPostgres({
        url,
        limits: { silence: 300, probe: 1500, connect: 1500 },
        onIdleError: ({ message }) => told.push(message),
      }),
    );
  }, 60_000);
  afterAll(async () => {
    await store?.close();
    await standby?.remove();
    await primary?.remove();
  });

  const write = (serial: number) =>
    store.transaction('s', ({ ledger }) => ledger.setSerials('t', [1, serial]));
  const read = () => store.scope('s').ledger.serials('t');

  test('P95 only the primary is written to; one that falls silent is left for the standby that was promoted, and is no primary when it comes back', async () => {
    await write(1);
    expect(await read()).toEqual([1, 1]);
    await untilAnswered(standby.url(), "select 1 from serials where ranges = '[1,1]'");

    /* A statement under way, over a connection that nobody closes. */
    primary.freeze();
    const lost = await write(2).catch((error: unknown) => storeError(error).code);
    expect(lost).toBe('STORE_BUSY');
    /* Nobody takes writes yet. */
    expect(await write(2).catch((error: unknown) => storeError(error).code)).toBe('STORE_BUSY');
    await untilAnswered(standby.url(), 'select 1 where pg_promote()');
    await write(3);
    expect(await read()).toEqual([1, 3]);
    expect(told.some((line) => line.includes('was left'))).toBe(true);

    /* The old one is a primary by its own word, of an older timeline. */
    primary.thaw();
    await untilAnswered(primary.url(), 'select 1 where not pg_is_in_recovery()');
    await standby.kill();
    const refused = await write(4).catch((error: unknown) => storeError(error).code);
    expect(refused).toBe('STORE_BUSY');
    await standby.start();
    await write(5);
    expect(await read()).toEqual([1, 5]);
  });
});

test('a connection by itself that is cut without a word is given up, another one goes on; one at work is waited for', async () => {
  const cluster = await startCluster();
  const target = new URL(cluster.url());
  const through = new Set<Socket>();
  const line = createServer((from) => {
    const to = connect(Number(target.port), target.hostname);
    for (const socket of [from, to]) {
      through.add(socket);
      socket.on('error', () => undefined);
    }
    from.pipe(to).pipe(from);
  });
  await new Promise<void>((resolve) => {
    line.listen(0, '127.0.0.1', resolve);
  });
  const { port } = line.address() as AddressInfo;
  const db = openPostgres({
    url: cluster.url().replace(`:${target.port}`, `:${port}`),
    limits: { silence: 100, probe: 3000, answer: 500 },
    onIdleError: () => {},
  });
  /* Longer than `answer`, and never silent. */
  await sql`select pg_sleep(1)`.execute(db);
  for (const socket of through) socket.unpipe();
  for (const socket of through) socket.pause();
  const cut = await sql`select 1`.execute(db).catch((error: unknown) => storeError(error).code);
  expect(cut).toBe('STORE_BUSY');
  expect((await sql<{ n: number }>`select 2 as n`.execute(db)).rows).toEqual([{ n: 2 }]);
  await db.destroy();
  for (const socket of through) socket.destroy();
  line.close();
  await cluster.remove();
}, 60_000);
