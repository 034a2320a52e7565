import type { RunResult } from '../../scenario/run-scenario';
import type { SideState, Standing } from '../../scenario/step-states';
import { type Html, html } from '../page/html';
import { badge, lead, section, table } from '../page/parts';
import { timeText } from '../timeline/axis';
import { whoOfStep, wordsOfStep } from '../words/step-words';

/** Every step, how it ended, and how each side then stood to the server. */
export function stepsSection({ scenario, outcomes, states, trace }: RunResult): Html {
  const sides = [...new Set(states.flatMap((state) => Object.keys(state.sides)))];
  const begun = new Map(
    trace
      .filter(({ who, what }) => who === 'world' && what === 'step')
      .map(({ at, details }) => [Number(details['step']), at]),
  );
  const byStep = new Map(states.map((state) => [state.step, state]));
  const last = Math.max(scenario.steps.length, ...byStep.keys());
  const rows = [...Array(last + 1).keys()].map((number) => {
    const step = scenario.steps[number - 1];
    const state = byStep.get(number);
    const outcome = outcomes[number - 1] ?? '';
    const at = begun.get(number);
    const words =
      number === 0
        ? 'every terminal is enrolled and logged in'
        : step === undefined
          ? 'all terminals sync until they have everything'
          : wordsOfStep(step);
    return {
      cells: [
        number === 0
          ? ''
          : html`<a href="#timeline" data-step="${number}" title="Show on the timeline">${number}</a>`,
        at === undefined ? '' : timeText(at, 1),
        step === undefined ? '' : whoOfStep(step),
        words,
        outcome === '' ? '' : badge(outcome === 'ok' ? 'none' : 'warn', outcome),
        ...sides.map((side) => sideCell(side, state?.sides[side], state?.sides['server'])),
      ],
    };
  });
  return section(
    'steps',
    'Steps and states',
    lead(
      'The state digest of each side when a step had ended. Equal digests are equal documents; otherwise it is told ',
      'how many are pending (written here, not acknowledged) or behind (newer at the server).',
    ),
    table(
      [
        { head: 'Step', isNumber: true },
        { head: 'At', isNumber: true },
        { head: 'Who' },
        { head: 'What' },
        { head: 'Ended' },
        ...sides.map((head) => ({ head })),
      ],
      rows,
      'Steps and states',
    ),
  );
}

const WORDS: readonly (readonly [Standing, string])[] = [
  ['pending', 'pending'],
  ['behind', 'behind'],
  ['diverged', 'DIVERGED'],
];

function sideCell(side: string, state: SideState | undefined, server: SideState | undefined): Html {
  if (state === undefined) return html``;
  const digest = html`<code>${state.digest.slice(0, 6)}</code>`;
  if (side === 'server') return html`<span class="side">${digest}</span>`;
  if (state.digest === server?.digest) return html`<span class="side equal">${digest} equal</span>`;
  const parts = WORDS.filter(([standing]) => state.standings[standing] > 0).map(
    ([standing, word]) =>
      html`<span class="${standing}">${state.standings[standing]} ${word}</span>`,
  );
  return html`<span class="side">${digest} ${parts}</span>`;
}
