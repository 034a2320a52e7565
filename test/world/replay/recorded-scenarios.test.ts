import path from 'node:path';
import { readScenarioFile } from '../scenario/read-scenario';
import { failuresOfCase } from './print-case';
import { recordCase } from './record-case';
import { runCase } from './run-case';

jest.setTimeout(120_000);

/** Scenarios with faults that a trace shows each in its own way. */
const FILES = [
  'f03-others-build-on-lost-answer',
  'f05-terminal-dies-in-mid-sync',
  'f08-old-program',
  'f13-lost-logins',
  'f15-full-disk-of-a-terminal',
  'f20-session-expires',
  'f22-revoked-terminal',
  'f26-last-item-three-times',
  'f30-server-away',
];

test.each(FILES)('T52 what T1 did and heard in %s is answered again as it was', async (name) => {
  const file = path.join(__dirname, '..', '..', 'scenarios', `${name}.yaml`);
  const { file: recorded } = await recordCase(readScenarioFile(file).scenario);
  const result = await runCase(recorded);
  expect(failuresOfCase(result, name)).toEqual([]);
  expect(result.compared.length).toBeGreaterThan(30);
});
