import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import {
  badge,
  type Grade,
  lead,
  nothing,
  section,
  stepLink,
  table,
  wordTable,
} from '../page/parts';
import { timeText } from '../timeline/axis';
import type { Names } from '../words/names';
import { counted } from '../words/value-words';

type Acknowledgement = RunResult['acknowledged'][number];

/** What an acknowledgement is worth at the end of the run. */
export type Kept = 'there' | 'built on' | 'lost' | 'restored';

export interface Audited {
  acknowledgement: Acknowledgement;
  /** The version at the server now; null where it is not there. */
  now: number | null;
  kept: Kept;
}

/** Compares each acknowledgement that a terminal was given with what the server has now. */
export function auditOf({ acknowledged, server, scenario }: RunResult): Audited[] {
  const isRestored = scenario.steps.some((step) => step.do === 'restore');
  const versions = new Map(
    Object.entries(server).flatMap(([collection, documents]) =>
      documents.map((document) => [`${collection}/${document['id']}`, Number(document['ver'])]),
    ),
  );
  return acknowledged.map((acknowledgement) => {
    const { collection, id, ver } = acknowledgement;
    const now = versions.get(`${collection}/${id}`) ?? null;
    if (now === null || now < ver) {
      return { acknowledgement, now, kept: isRestored ? 'restored' : 'lost' };
    }
    return { acknowledgement, now, kept: now === ver ? 'there' : 'built on' };
  });
}

const GRADES: Readonly<Record<Kept, readonly [Grade, string]>> = {
  there: ['ok', 'there'],
  'built on': ['ok', 'there, changed since'],
  lost: ['bad', 'LOST'],
  restored: ['warn', 'older: a backup was put back'],
};

/** Every acknowledged write, and whether it is still there. */
export function auditSection(result: RunResult, names: Names): Html {
  const audited = auditOf(result);
  const lost = audited.filter(({ kept }) => kept === 'lost');
  const restored = audited.filter(({ kept }) => kept === 'restored').length;
  const all = counted(audited.length, 'acknowledged write');
  const sentence =
    lost.length > 0 ? `${lost.length} of ${all} are not at the server.` : `${all}, none lost.`;
  const older = ` Of ${restored} the server has an older state, since a backup was put back.`;
  /* What is lost comes first: nobody should have to look for it. */
  const inOrder = [...lost, ...audited.filter(({ kept }) => kept !== 'lost')];
  const rows = inOrder.map(({ acknowledgement, now, kept }) => {
    const { terminal, collection, id, ver, step, at } = acknowledgement;
    const [grade, words] = GRADES[kept];
    const number = collection === 'invoices' ? names.numberOf(id) : '';
    return {
      grade: kept === 'lost' ? ('bad' as const) : ('none' as const),
      cells: [
        timeText(at),
        stepLink(step),
        terminal,
        collection,
        html`${names.of(collection, id)}${number !== '' && html` <small class="mono">${number}</small>`}`,
        `v${ver}`,
        now === null ? '—' : `v${now}`,
        badge(grade, words),
      ],
    };
  });
  return section(
    'audit',
    'Acknowledged writes',
    lead(sentence, restored > 0 && older),
    audited.length > 0 &&
      table(
        [
          { head: 'Told at' },
          { head: 'During' },
          { head: 'Terminal' },
          { head: 'Collection' },
          { head: 'Document' },
          { head: 'Told', isNumber: true },
          { head: 'Server now', isNumber: true },
          { head: 'Verdict' },
        ],
        rows,
        'Acknowledged writes',
      ),
    unsent(result, names),
  );
}

/** Written at a terminal, and not acknowledged when the run ended. */
function unsent({ terminals }: RunResult, names: Names): Html {
  const rows = Object.entries(terminals).flatMap(([terminal, { documents, rejected }]) =>
    Object.entries(documents).flatMap(([collection, list]) =>
      list
        .filter((document) => document['pending'] === 1)
        .map((document) => {
          const id = String(document['id']);
          const refusal = rejected.find((record) => record['documentId'] === id);
          const why =
            refusal === undefined
              ? 'not sent, or not answered'
              : `refused: ${String(refusal['code'])}`;
          return { cells: [terminal, collection, names.of(collection, id), why] };
        }),
    ),
  );
  return html`<h3>Written and not acknowledged at the end</h3>${
    rows.length === 0
      ? nothing('None: the server has acknowledged every local write.')
      : wordTable(['Terminal', 'Collection', 'Document', 'Why'], rows, 'Pending documents')
  }`;
}
