import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '../scenario/run-scenario';
import { type Html, html } from './page/html';
import { inlineScript } from './page/inline-script';
import { section } from './page/parts';
import { auditSection } from './sections/audit';
import { conflictsSection } from './sections/conflicts';
import { divergenceSection } from './sections/divergence';
import { expectationsSection } from './sections/expectations';
import { faultsSection } from './sections/faults';
import { rejectedSection } from './sections/rejected';
import { sidesSection } from './sections/sides';
import { stepsSection } from './sections/steps';
import { stockSection } from './sections/stock';
import { summary } from './sections/summary';
import { violationsSection } from './sections/violations';
import { timelineSection } from './timeline/timeline-section';
import { namesOf } from './words/names';

const STYLES = ['colours', 'report', 'verdict', 'tables', 'controls', 'timeline', 'media'].map(
  (file) => path.resolve('test', 'world', 'report', 'page', `${file}.css`),
);

/** Nothing is ever fetched, whatever a name in the report should try. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

const LINKS = [
  ['expectations', 'Expectations'],
  ['timeline', 'Timeline'],
  ['steps', 'Steps'],
  ['divergence', 'Divergence'],
  ['conflicts', 'Conflicts'],
  ['stock', 'Stock'],
  ['audit', 'Acknowledged'],
  ['rejected', 'Refused'],
  ['sides', 'States'],
  ['faults', 'Faults'],
  ['scenario', 'Scenario'],
] as const;

/**
 * One run as a page that needs nothing but itself: no server, no network, no other file. The same result gives the same
 * text.
 */
export function renderReport(result: RunResult): string {
  const names = namesOf(result);
  const { scenario, ok } = result;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${ok ? 'Passed' : 'Failed'}: ${scenario.name} · Mostrador simulation report</title>
<style>${STYLES.map((file) => ({ markup: readFileSync(file, 'utf8') }))}</style>
</head>
<body>
<a class="skip" href="#expectations">Skip to the expectations</a>
<main>
${summary(result, names)}
<nav aria-label="Sections">${LINKS.map(([id, label]) => html`<a href="#${id}">${label}</a>`)}</nav>
${expectationsSection(result)}
${violationsSection(result, names)}
${timelineSection(result, names)}
${stepsSection(result)}
${divergenceSection(result, names)}
${conflictsSection(result, names)}
${stockSection(result, names)}
${auditSection(result, names)}
${rejectedSection(result, names)}
${sidesSection(result)}
${faultsSection(result)}
${scenarioSection(result)}
</main>
<footer><p>Real client and server code under a virtual clock and a simulated network.
The same scenario and seed give the same trace, byte for byte: digest <code>${result.digest}</code>.</p></footer>
<script type="module">${{ markup: inlineScript() }}</script>
</body>
</html>
`;
  return page.markup;
}

function scenarioSection({ scenario }: RunResult): Html {
  return section(
    'scenario',
    'Scenario',
    html`<details><summary>As it was run, and as it can be run again</summary>
<pre>${JSON.stringify(scenario, null, 2)}</pre></details>`,
  );
}
