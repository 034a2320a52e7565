import path from 'node:path';
import { runCrashes } from './run-crashes';

/* The long run is `npm run crash` (200 kills); a seed that found something belongs in this list. */
test.each([20261124])(
  'F5 the server is killed five times under load: nothing acknowledged is lost, no transaction is half there (seed %i)',
  async (seed) => {
    const root = path.join(__dirname, '..', '..');
    const report = await runCrashes({ root, kills: 5, seed, maxSeconds: 150 });
    expect(report).toMatchObject({
      problems: [],
      kills: 5,
      lost: 0,
      half: 0,
      twice: 0,
      refused: 0,
    });
    expect(report.acknowledged).toBeGreaterThan(50);
    expect(report.inDoubt).toBeGreaterThan(0);
  },
  180_000,
);
