import path from 'node:path';
import { runFailover } from '../failover/run-failover';

/* The long run is `npm run failover`. */
const root = path.join(__dirname, '..', '..');

test('P94 P95 F30 the primary is killed under load, once with its standby down before: nothing acknowledged is lost', async () => {
  const report = await runFailover({
    root,
    failovers: 2,
    seed: 20261128,
    nodes: 2,
    synchronous: true,
    maxSeconds: 100,
  });
  expect(report).toMatchObject({
    failovers: 2,
    lost: 0,
    half: 0,
    twice: 0,
    refused: 0,
    problems: [],
  });
  expect(report.acknowledged).toBeGreaterThan(20);
}, 120_000);

test('without synchronous replication the same run sees rows that are lost', async () => {
  const report = await runFailover({
    root,
    failovers: 1,
    seed: 20261128,
    nodes: 1,
    synchronous: false,
    maxSeconds: 100,
  });
  expect(report.failovers).toBe(1);
  expect(report.lost).toBeGreaterThan(0);
}, 120_000);
