import { same } from '../../oracle/same';
import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { badge, card, lead, nothing, section, stepLink, wordTable } from '../page/parts';
import { timeText } from '../timeline/axis';
import type { Names } from '../words/names';
import { valueCell } from '../words/value-words';

type Divergence = RunResult['divergences'][number];

/** Whether all terminals were made to sync before the run ended, so that any difference is a defect. */
const isSettled = ({ scenario }: RunResult): boolean =>
  scenario.steps.at(-1)?.do === 'settle' ||
  scenario.expect.some((expectation) => 'invariants' in expectation);

const refusalOf = ({ terminals }: RunResult, { terminal, collection, id }: Divergence) =>
  terminals[terminal]?.rejected.find((record) => record['id'] === `${collection}:${id}`);

/** The oldest difference from the server that nothing explains; null where there is none. */
export function firstDivergence(result: RunResult): Divergence | null {
  return result.divergences.find((divergence) => isUnexplained(result, divergence)) ?? null;
}

function isUnexplained(result: RunResult, divergence: Divergence): boolean {
  if (refusalOf(result, divergence) !== undefined) return false;
  return divergence.standing === 'diverged' || isSettled(result);
}

/** First divergent document and step, field by field, and everything else that differed when the run ended. */
export function divergenceSection(result: RunResult, names: Names): Html {
  const first = firstDivergence(result);
  const { divergences, states } = result;
  const others = divergences.filter((divergence) => divergence !== first);
  const none = 'No document differs from the server’s without an explanation.';
  return section(
    'divergence',
    'Divergence',
    states.length === 0
      ? nothing('States were not recorded step by step in this run.')
      : first === null
        ? lead(badge('ok', 'none'), ` ${none}`)
        : firstCard(first, result, names),
    others.length > 0 && [
      html`<h3>${first === null ? 'What differed when the run ended, and why' : 'What else differed'}</h3>`,
      othersTable(others, result, names),
    ],
  );
}

function firstCard(first: Divergence, result: RunResult, names: Names): Html {
  const { terminal, collection, id, standing, step, at, standingStep } = first;
  const find = (documents: readonly Record<string, unknown>[] | undefined) =>
    documents?.find((document) => document['id'] === id);
  const here = find(result.terminals[terminal]?.documents[collection]);
  const there = find(result.server[collection]);
  const fields = [...new Set([...Object.keys(there ?? {}), ...Object.keys(here ?? {})])].filter(
    (field) => !same(here?.[field], there?.[field]),
  );
  const since = html`has not been the server’s since ${stepLink(step)} (${timeText(at)})`;
  const later =
    standingStep !== step && html`, and stands as ${standing} since ${stepLink(standingStep)}`;
  const missing =
    here === undefined
      ? ' The terminal does not have it.'
      : there === undefined && ' The server does not have it.';
  return card(
    {
      title: `First divergent document: ${names.of(collection, id)}`,
      badges: badge('bad', standing),
      grade: 'bad',
    },
    html`<p>At <strong>${terminal}</strong>, <code>${collection}/${id}</code> ${since}${later}.${missing}</p>`,
    wordTable(
      ['Field', 'Server', terminal],
      fields.map((field) => ({
        cells: [field, valueCell(field, there?.[field], 200), valueCell(field, here?.[field], 200)],
      })),
      'Fields that differ at the end',
    ),
  );
}

function othersTable(others: readonly Divergence[], result: RunResult, names: Names): Html {
  const why = (divergence: Divergence): string => {
    const refusal = refusalOf(result, divergence);
    if (refusal !== undefined) return `refused by the server: ${String(refusal['code'])}`;
    if (isUnexplained(result, divergence)) return 'not explained';
    return divergence.standing === 'pending' ? 'not sent yet' : 'not received yet';
  };
  return wordTable(
    ['Terminal', 'Collection', 'Document', 'Stands', 'Since', 'Why'],
    others.map((divergence) => {
      const { terminal, collection, id, standing, step } = divergence;
      return {
        grade: isUnexplained(result, divergence) ? ('bad' as const) : ('none' as const),
        cells: [
          terminal,
          collection,
          names.of(collection, id),
          standing,
          stepLink(step),
          why(divergence),
        ],
      };
    }),
    'Differences when the run ended',
  );
}
