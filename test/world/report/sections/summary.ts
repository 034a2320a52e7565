import { same } from '../../oracle/same';
import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { figures, stepLink } from '../page/parts';
import { spanText } from '../timeline/axis';
import type { Names } from '../words/names';
import { counted, valueText } from '../words/value-words';
import { firstDivergence } from './divergence';
import { fieldOf, leavesOf, titleOfExpectation } from './expectations';
import { distinct, invariantWords } from './violations';

/** Findings that are told at the top; the rest stand in their sections. */
const SHOWN = 6;

const CHECK = 'M4 12.5L10 18.5L20 6.5';
const CROSS = 'M5 5L19 19M19 5L5 19';

/** The verdict, as large as it matters, with the reasons where it is bad, and the run's figures. */
export function summary(result: RunResult, names: Names): Html {
  const { scenario, ok } = result;
  const about = scenario.about ?? '';
  return html`<header class="top">
<p class="kind">Mostrador · simulation report</p>
<h1>${scenario.name}</h1>
${about !== '' && html`<p class="about">${about}</p>`}
<div class="verdict ${ok ? 'ok' : 'bad'}">
<p class="word"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ok ? CHECK : CROSS}"/></svg>${ok ? 'Passed' : 'Failed'}</p>
<p class="why">${sentence(result)}</p>
${!ok && reasons(result, names)}
</div>
${runFigures(result)}
</header>`;
}

function sentence({ verdicts, violations, unusedFaults }: RunResult): string {
  const met = verdicts.filter(({ ok }) => ok).length;
  const parts = [`${met} of ${counted(verdicts.length, 'expectation')} met`];
  const found = distinct(violations).length;
  parts.push(found === 0 ? 'no violation' : counted(found, 'violation'));
  if (unusedFaults.length > 0) {
    parts.push(`${counted(unusedFaults.length, 'fault')} asked for and never met`);
  }
  return `${parts.join(' · ')}.`;
}

/** What went wrong, the first divergence before all else. */
function reasons(result: RunResult, names: Names): Html {
  const lines = [
    ...divergenceReason(result, names),
    ...expectationReasons(result),
    ...violationReasons(result, names),
    ...result.unusedFaults.map(
      (fault) =>
        html`<a href="#faults">Fault</a> <code>${fault}</code> was asked for and never met`,
    ),
  ];
  const shown = lines.slice(0, SHOWN).map((line) => html`<li>${line}</li>`);
  const more = lines.length - shown.length;
  return html`<ul class="reasons">${shown}${more > 0 && html`<li>and ${more} more below</li>`}</ul>`;
}

function divergenceReason(result: RunResult, names: Names): Html[] {
  const first = firstDivergence(result);
  if (first === null) return [];
  const { collection, id, terminal, standing, standingStep } = first;
  const what = `${names.of(collection, id)} at ${terminal}, ${standing} since `;
  return [
    html`<a href="#divergence">First divergent document</a>: ${what}${stepLink(standingStep)}`,
  ];
}

function expectationReasons({ verdicts }: RunResult): Html[] {
  return verdicts.flatMap(({ expectation, ok, expected, actual }) => {
    if (ok || 'invariants' in expectation) return [];
    const title = titleOfExpectation(expectation);
    return [...leavesOf(expected, actual)]
      .filter((leaf) => !same(leaf.expected, leaf.actual))
      .map((leaf) => {
        const field = fieldOf(expectation, leaf.path);
        const path = leaf.path.join(' · ');
        const where = 'outcome' in expectation ? `step ${path}` : path;
        const wanted = html`expected <strong>${valueText(field, leaf.expected)}</strong>`;
        const found = html`found <strong>${valueText(field, leaf.actual)}</strong>`;
        return html`<a href="#expectations">${title}</a>, ${where}: ${wanted}, ${found}`;
      });
  });
}

function violationReasons({ violations }: RunResult, names: Names): Html[] {
  return distinct(violations).map(({ violation, steps }) => {
    const { invariant, where, message, document } = violation;
    const about = document === undefined ? '' : ` ${names.of(document.collection, document.id)}:`;
    const link = html`<a href="#violations">Invariant ${invariantWords(invariant)}</a>`;
    return html`${link} — ${where}:${about} ${message}, after ${stepLink(steps[0] ?? 0)}`;
  });
}

function runFigures({ scenario, trace, faults, digest, acknowledged }: RunResult): Html {
  const messages = trace.filter(({ what }) => what === 'sends').length;
  const met = [...faults.values()].reduce((sum, count) => sum + count, 0);
  const last = trace.findLast(({ what }) => what !== 'closes')?.at ?? 0;
  return figures(
    [
      { name: 'Terminals', value: scenario.given.terminals.length },
      { name: 'Steps', value: scenario.steps.length },
      { name: 'Messages', value: messages },
      { name: 'Faults met', value: met },
      { name: 'Acknowledged writes', value: acknowledged.length },
      { name: 'Virtual time', value: spanText(last) },
      { name: 'Seed', value: scenario.seed },
      { name: 'Trace digest', value: digest },
    ],
    'run',
  );
}
