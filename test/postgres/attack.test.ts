import path from 'node:path';
import { runAttack } from '../attack/run-attack';
import { postgresDatabase } from '../kit/test-database';

/* The long run is `npm run attack -- --database postgres`. */
test('S2 S3 S4 S5 S6 S12 hostile requests of every kind change nothing in PostgreSQL either, and none is a 5xx', async () => {
  const database = await postgresDatabase();
  const report = await runAttack({
    root: path.join(__dirname, '..', '..'),
    databaseUrl: database.place.databaseUrl,
    requests: 800,
    seed: 20261128,
    maxSeconds: 100,
  });
  expect(report.problems).toEqual([]);
  expect(report.defects).toEqual([]);
  expect(report.sent).toBeGreaterThanOrEqual(800);
  expect([...report.table.keys()].length).toBeGreaterThanOrEqual(13);
  await database.remove();
}, 120_000);
