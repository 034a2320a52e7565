import path from 'node:path';
import { runCrashes, type Victim } from '../crash/run-crashes';

/* The long run is `npm run crash -- --database postgres [--kill-database]`. */
test.each<[string, Victim]>([
  ['the server', 'postgres'],
  ['PostgreSQL and the server', 'postgres-itself'],
])(
  'F5 F30 %s killed three times under load: nothing acknowledged is lost, no transaction is half there',
  async (_, victim) => {
    const root = path.join(__dirname, '..', '..');
    const report = await runCrashes({ root, kills: 3, seed: 20261125, maxSeconds: 100, victim });
    expect(report).toMatchObject({
      problems: [],
      kills: 3,
      lost: 0,
      half: 0,
      twice: 0,
      refused: 0,
    });
    expect(report.acknowledged).toBeGreaterThan(20);
  },
  120_000,
);
