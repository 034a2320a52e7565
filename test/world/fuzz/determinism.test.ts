import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runHistories } from './run-histories';

const OPTIONS = { histories: 3, seed: 70_000, minTerminals: 3, maxTerminals: 5 };

test('the same seed gives the same traces, here and in a process of its own', async () => {
  const { digests } = await runHistories(OPTIONS);
  expect((await runHistories(OPTIONS)).digests).toEqual(digests);
  const fresh = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'test/world/fuzz/print-digests.ts', JSON.stringify(OPTIONS)],
    { cwd: path.join(__dirname, '..', '..', '..'), encoding: 'utf8' },
  );
  expect(JSON.parse(fresh.stdout)).toEqual(digests);
}, 120_000);
