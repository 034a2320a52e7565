import { createHash } from 'node:crypto';
import { ordered } from '../../oracle/same';
import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { lead, section, wordTable } from '../page/parts';

/** In the order in which people think of them; movements go up only, so no two sides need hold the same. */
const COLLECTIONS = ['clients', 'products', 'users', 'invoices', 'shifts', 'stock', 'movements'];

/** The same for the same documents, in whatever order they stand. */
const digestOf = (documents: readonly Record<string, unknown>[]): string =>
  createHash('sha256').update(documents.map(ordered).sort().join('\n')).digest('hex').slice(0, 8);

/** How many documents each side holds at the end, and a digest of them, collection by collection. */
export function sidesSection({ server, terminals }: RunResult): Html {
  const names = Object.keys(terminals);
  const rows = COLLECTIONS.map((collection) => {
    const own = server[collection] ?? [];
    const digest = digestOf(own);
    return {
      cells: [
        collection,
        html`<span class="side">${own.length} <code>${digest}</code></span>`,
        ...names.map((name) => {
          const held = terminals[name]?.documents[collection] ?? [];
          const mine = digestOf(held);
          if (collection === 'movements') return html`<span class="side">${held.length} own</span>`;
          const isEqual = mine === digest;
          const [look, word] = isEqual ? ['equal', 'equal'] : ['behind', 'differs'];
          return html`<span class="side ${look}">${held.length} <code>${mine}</code> ${word}</span>`;
        }),
      ],
    };
  });
  return section(
    'sides',
    'State at the end',
    lead('Documents and digest of each collection, side by side.'),
    wordTable(['Collection', 'server', ...names], rows, 'State of each side at the end'),
  );
}
