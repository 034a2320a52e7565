import path from 'node:path';
import { runLoad } from './run-load';

/* The long run is `npm run load`; how fast it is depends on the machine, and is no matter of this test. */
test('F30 P110 a burst over few places is sent away, comes back as told, and nothing of it is lost or there twice', async () => {
  const report = await runLoad({
    root: path.join(__dirname, '..', '..'),
    terminals: 6,
    invoices: 5,
    batch: 2,
    stores: 2,
    nodes: 1,
    database: 'sqlite',
    seed: 1,
    maxSeconds: 90,
    env: { SYNC_AT_WORK: '1', SYNC_WAITING_OF_STORE: '1', SYNC_WAITING: '2' },
  });
  expect(report).toMatchObject({ problems: [], sent: 30, acknowledged: 30, lost: 0, twice: 0 });
  expect(report.batches).toHaveLength(18);
  expect(report.statuses.get(503)).toBeGreaterThan(0);
  expect([...report.statuses.keys()].sort()).toEqual([200, 503]);
}, 150_000);
