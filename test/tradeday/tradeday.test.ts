import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const data = path.join(root, '..', 'shared', 'data');
const present = existsSync(data);
if (!present) console.warn(`tradeday: skipped, there is no ${data}`);

(present ? test : test.skip)(
  'a real day sold offline at three terminals adds up to the sales file, to the unit and the cent',
  () => {
    const result = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'test/tradeday/main.ts', '--data', data, '--date', '2011-03-14'],
      { cwd: root, encoding: 'utf8', timeout: 120_000 },
    );
    expect(`${result.stdout}${result.stderr}`).toMatch(/\nOK\n$/);
    expect(result.status).toBe(0);
  },
  130_000,
);
