import { AT_SERVER, type Ledger } from './ledger';
import type { Doc, ServerView } from './server-view';
import type { Violation } from './violation';

/** What a terminal asks a person to look at. */
export interface AttentionView {
  name: string;
  documents: Record<string, Record<string, unknown>[]>;
  conflicts: Record<string, unknown>[];
  rejected: Record<string, unknown>[];
}

/** Nobody is asked to decide what needs no decision: a refusal has a cause, a conflict has two sides. */
export function checkAttention(
  terminals: readonly AttentionView[],
  { ledger, view }: { ledger: Ledger; view: ServerView },
): Violation[] {
  const users = new Map(
    [...view.documents('users').values()].map((user) => [user.id, String(user['userName'])]),
  );
  return terminals.flatMap((terminal) => [
    ...checkRefusals(terminal, ledger, users),
    ...checkConflicts(terminal, ledger),
  ]);
}

/** Needs more than a cashier may. */
const isForbiddenToCashiers = (collection: string, document: Doc): boolean =>
  collection === 'products' ||
  collection === 'movements' ||
  (collection === 'invoices' && document['type'] === '03');

function checkRefusals(
  { name, documents, rejected }: AttentionView,
  ledger: Ledger,
  users: ReadonlyMap<string, string>,
): Violation[] {
  const violations: Violation[] = [];
  for (const record of rejected) {
    const collection = String(record['collectionName']);
    const id = String(record['documentId']);
    if (ledger.spoilt.has(`${collection}/${id}`)) continue;
    const document = documents[collection]?.find((candidate) => candidate['id'] === id);
    if (document !== undefined && record['code'] === 'ROLE_NOT_ALLOWED') {
      const author = users.get(String(document['userId'] ?? document['editedBy'])) ?? '';
      const wasCashier = ledger.roles.get(author)?.has('cashier') === true;
      if (wasCashier && isForbiddenToCashiers(collection, document as Doc)) continue;
    }
    violations.push({
      invariant: 'refusal',
      where: name,
      message: 'the server refused what was right',
      document: { collection, id },
      actual: { code: record['code'], message: record['message'] },
    });
  }
  return violations;
}

/** Two sides of a conflict are two people at two places. After a restore the past itself is the other side. */
function checkConflicts({ name, conflicts }: AttentionView, ledger: Ledger): Violation[] {
  if (ledger.restored) return [];
  const violations: Violation[] = [];
  for (const record of conflicts) {
    const collection = String(record['collectionName']);
    const id = String(record['documentId']);
    if (ledger.spoilt.has(`${collection}/${id}`)) continue;
    for (const { field, mine, theirs } of record['fields'] as Record<string, unknown>[]) {
      const writers = new Set(
        ledger.writes
          .filter((write) => write.collection === collection && write.id === id)
          .filter((write) => write.field === field)
          .map(({ terminal }) => terminal),
      );
      const birth = ledger.births.get(`${collection}/${id}`);
      if (birth !== undefined) writers.add(birth.terminal);
      if (writers.size > 1 || writers.has(AT_SERVER)) continue;
      violations.push({
        invariant: 'conflict',
        where: name,
        message: `${String(field)}: a conflict, and only one terminal ever wrote it`,
        document: { collection, id },
        expected: [...writers],
        actual: { mine, theirs },
      });
    }
  }
  return violations;
}
