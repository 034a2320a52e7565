import type { Ledger } from './ledger';
import { same } from './same';
import type { Doc, ServerView } from './server-view';
import type { Violation } from './violation';

/** What a terminal holds and shows, as a bookkeeper who stands before it can see. */
export interface TerminalView {
  atRest: boolean;
  documents: Record<string, Record<string, unknown>[]>;
  pending: Record<string, number | null>;
}

const WRITTEN = ['clients', 'products', 'invoices', 'movements', 'shifts'] as const;
const EDITED: ReadonlySet<string> = new Set(['clients', 'products', 'shifts']);

/** What must hold at a terminal at any moment at which it is at rest. */
export function checkTerminal(
  name: string,
  { atRest, documents, pending }: TerminalView,
  { ledger, view }: { ledger: Ledger; view: ServerView },
): Violation[] {
  const violations: Violation[] = [];
  const add = (violation: Omit<Violation, 'where'>): void => {
    violations.push({ where: name, ...violation });
  };
  for (const collection of WRITTEN) {
    const held = (documents[collection] ?? []) as Doc[];
    /* 2: the count on screen is exact. */
    const counted = held.filter((document) => document['pending'] === 1).length;
    if (atRest && pending[collection] !== counted) {
      const message = `${collection}: the pending count on screen is not that of the documents`;
      add({ invariant: '2', message, expected: counted, actual: pending[collection] });
    }
    /* 2: nothing stands as acknowledged that the server does not have. */
    if (!ledger.restored) {
      const known = view.documents(collection);
      const edits = EDITED.has(collection) ? view.edits(collection) : null;
      for (const document of held) {
        if (document['pending'] !== 0) continue;
        const about = { collection, id: document.id };
        if (!known.has(document.id)) {
          const message = 'stands as acknowledged, and the server does not have it';
          add({ invariant: '1', message, document: about });
        } else if (edits !== null && !edits.has(String(document['edit']))) {
          const message = 'this state stands as acknowledged, and the server never had it';
          add({ invariant: '1', message, document: about });
        }
      }
    }
    /* 1: what was written here is here. */
    const byId = new Map(held.map((document) => [document.id, document]));
    for (const birth of ledger.births.values()) {
      if (birth.terminal !== name || birth.collection !== collection) continue;
      const about = { collection, id: birth.document.id };
      const found = byId.get(birth.document.id);
      if (found === undefined) {
        if (ledger.archived.has(birth.document.id)) continue;
        add({ invariant: '1', message: 'was written here and is gone', document: about });
      } else if (collection === 'invoices' && !same(found['lines'], birth.document['lines'])) {
        add({ invariant: '1', message: 'is not what was issued', document: about });
      }
    }
  }
  return violations;
}
