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
  const users = userNames(view);
  return terminals.flatMap((terminal) => [
    ...checkRefusals(terminal, ledger, users),
    ...checkConflicts(terminal, ledger),
  ]);
}

/** User names by id. */
export const userNames = (view: ServerView): Map<string, string> =>
  new Map([...view.documents('users').values()].map((user) => [user.id, String(user['userName'])]));

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
  return rejected.flatMap((record) => {
    const collection = String(record['collectionName']);
    const id = String(record['documentId']);
    /* Judged when it was given, by who sent it then. */
    if (ledger.rightlyRefused.has(`${collection}/${id}`)) return [];
    const document = documents[collection]?.find((candidate) => candidate['id'] === id);
    const refusal = { code: String(record['code']), message: String(record['message']) };
    return checkRefusal(name, { collection, id, document, refusal }, { ledger, users });
  });
}

/** A refusal has a cause: somebody altered the document, or its author, or who sent it, was for a time not allowed to write it. */
export function checkRefusal(
  where: string,
  {
    collection,
    id,
    document,
    refusal,
  }: {
    collection: string;
    id: string;
    document: Record<string, unknown> | undefined;
    refusal: { code: string; message: string };
  },
  { ledger, users }: { ledger: Ledger; users: ReadonlyMap<string, string> },
): Violation[] {
  if (ledger.spoilt.has(`${collection}/${id}`)) return [];
  if (document !== undefined && refusal.code === 'ROLE_NOT_ALLOWED') {
    const author = users.get(String(document['userId'] ?? document['editedBy'])) ?? '';
    const wasCashier = ledger.wasCashier(author) || ledger.isSentByLesser(where, author);
    /* Written at the server, and lost with its past: whoever has it cannot say that they may write it. */
    const isServers = ledger.restored && document['editedBy'] === '';
    const isForbidden = isForbiddenToCashiers(collection, document as Doc);
    if ((wasCashier || isServers) && isForbidden) {
      ledger.rightlyRefused.add(`${collection}/${id}`);
      return [];
    }
  }
  const message = 'the server refused what was right';
  return [{ invariant: 'refusal', where, message, document: { collection, id }, actual: refusal }];
}

/**
 * Two sides of a conflict are two people at two places. After a restore one person can be both: of a field that they wrote
 * twice, another terminal may bring the older value back. After more than one nobody may know what came before an edit.
 */
function checkConflicts({ name, conflicts }: AttentionView, ledger: Ledger): Violation[] {
  if (ledger.restores > 1) return [];
  const violations: Violation[] = [];
  for (const record of conflicts) {
    const collection = String(record['collectionName']);
    const id = String(record['documentId']);
    if (ledger.spoilt.has(`${collection}/${id}`)) continue;
    for (const { field, mine, theirs } of record['fields'] as Record<string, unknown>[]) {
      const writes = ledger.writes.filter(
        (write) => write.collection === collection && write.id === id && write.field === field,
      );
      if (ledger.restored && writes.length > 1) continue;
      const writers = new Set(writes.map(({ terminal }) => terminal));
      const birth = ledger.births.get(`${collection}/${id}`);
      if (birth !== undefined) writers.add(birth.terminal);
      if (writers.size > 1 || writers.has(AT_SERVER)) continue;
      /* Its copy sends the edit that both had pending, and what was written over it at one of them is another's. */
      if (ledger.isTwin(name) && [...writers].every((writer) => ledger.isTwin(writer))) continue;
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
