import path from 'node:path';
import { readScenarioFile } from '../world/scenario/read-scenario';
import { runScenario } from '../world/scenario/run-scenario';

/* Runs scenarios in Node and prints the digest of each, a line each: node --import tsx FILE ID... */
for (const id of process.argv.slice(2)) {
  const file = path.join(import.meta.dirname, '..', 'scenarios', `${id}.yaml`);
  const { digest } = await runScenario(readScenarioFile(file).scenario);
  console.log(`${id} ${digest}`);
}
