import { writeFileSync } from 'node:fs';
import { runScenario } from '../scenario/run-scenario';
import { DEMO_SCENARIO } from './demo-scenario';
import { renderReport } from './render-report';

/* A report to look at: node --import tsx test/world/report/demo.ts FILE.html [--failing] */

const [, , file, mode] = process.argv;

/** The same day with expectations that are not met. */
const FAILING: typeof DEMO_SCENARIO = {
  ...DEMO_SCENARIO,
  name: `${DEMO_SCENARIO.name}, with wrong expectations`,
  steps: [
    ...DEMO_SCENARIO.steps.slice(0, -1),
    { do: 'crashAt', terminal: 'Front', point: 'terminal.beforeRecord' },
  ],
  expect: [
    { stock: { COFFEE: 40, BREAD: 22 } },
    { pending: { Front: 0, Kiosk: 0 } },
    { outcome: { '9': 'ok' } },
  ],
};

if (file === undefined) {
  console.error('Usage: node --import tsx test/world/report/demo.ts FILE.html [--failing]');
  process.exitCode = 2;
} else {
  const result = await runScenario(mode === '--failing' ? FAILING : DEMO_SCENARIO);
  writeFileSync(file, renderReport(result));
  console.log(`${result.ok ? 'passed' : 'failed'}: ${file}`);
}
