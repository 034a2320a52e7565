import path from 'node:path';
import { runAttack } from './run-attack';

/* The long run is `npm run attack` (100,000 requests); a seed that found something belongs in this list. */
test.each([20261125])(
  'S2 S3 S4 S5 S6 S12 two thousand hostile requests of every kind: no 5xx, nothing changed, memory flat (seed %i)',
  async (seed) => {
    const root = path.join(__dirname, '..', '..');
    const report = await runAttack({ root, requests: 2000, seed, maxSeconds: 150 });
    expect(report.problems).toEqual([]);
    expect(report.defects).toEqual([]);
    expect(report.sent).toBeGreaterThanOrEqual(2000);
    expect([...report.table.keys()].length).toBeGreaterThanOrEqual(13);
    /* A generous bound: what is kept for each request would show as hundreds of MiB in the long run. */
    expect(report.memory.late).toBeLessThan(report.memory.early + 150);
  },
  240_000,
);
