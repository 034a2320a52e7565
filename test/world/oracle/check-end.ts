import { checkAttention } from './check-attention';
import { AT_SERVER, businessFields, type Ledger } from './ledger';
import { ordered, same } from './same';
import type { Doc, ServerView } from './server-view';
import type { Violation } from './violation';

/** A terminal when all has been synced. */
export interface EndView {
  name: string;
  documents: Record<string, Record<string, unknown>[]>;
  conflicts: Record<string, unknown>[];
  rejected: Record<string, unknown>[];
  pending: Record<string, number | null>;
  shownStock: Record<string, number | null>;
}

const RECEIVED = ['clients', 'products', 'users', 'invoices', 'stock', 'shifts'] as const;

/** What must hold when every terminal has synced after the last write. */
export function checkEnd(
  terminals: readonly EndView[],
  { ledger, view }: { ledger: Ledger; view: ServerView },
): Violation[] {
  return [
    ...checkEqual(terminals, ledger, view),
    ...checkBirths(terminals, ledger, view),
    ...checkAcknowledged(ledger, view),
    ...checkWrites(terminals, ledger, view),
    ...checkAttention(terminals, { ledger, view }),
    ...checkConsecutives(view, ledger),
    ...checkCopies(view, ledger),
    ...terminals.flatMap((terminal) => checkShown(terminal, ledger, view)),
  ];
}

/** Whoever may log in nowhere has no verifier on any terminal. */
const asReceived = (user: Record<string, unknown>): Record<string, unknown> =>
  user['active'] === true ? user : { ...user, offlineVerifier: '' };

/** 2 and 3: every terminal holds the same documents as the server, and nothing is pending but what was refused. */
function checkEqual(terminals: readonly EndView[], ledger: Ledger, view: ServerView): Violation[] {
  const violations: Violation[] = [];
  for (const { name, documents, pending, rejected } of terminals) {
    const refused = new Set(rejected.map((record) => String(record['documentId'])));
    const left = Object.values(pending).reduce<number>(
      (sum, count) => sum + (count ?? Number.NaN),
      0,
    );
    if (left !== refused.size) {
      const message = 'documents are pending after the last sync';
      violations.push({
        invariant: '2',
        where: name,
        message,
        expected: refused.size,
        actual: pending,
      });
    }
    for (const collection of RECEIVED) {
      const held = new Map((documents[collection] ?? []).map((doc) => [String(doc['id']), doc]));
      for (const [id, stored] of view.held(collection)) {
        const there = collection === 'users' ? asReceived(stored) : stored;
        const here = held.get(id);
        held.delete(id);
        if (refused.has(id) || same(here, there)) continue;
        const message = here === undefined ? 'is missing here' : 'differs from the server';
        const document = { collection, id };
        violations.push({
          invariant: '3',
          where: name,
          message,
          document,
          expected: there,
          actual: here,
        });
      }
      for (const id of held.keys()) {
        if (refused.has(id) || ledger.wipedAway.has(`${collection}/${id}`)) continue;
        const document = { collection, id };
        violations.push({
          invariant: '3',
          where: name,
          message: 'the server does not have it',
          document,
        });
      }
    }
  }
  return violations;
}

/** 1: whatever was born at a terminal is at the server, immutable documents as they were issued. */
function checkBirths(terminals: readonly EndView[], ledger: Ledger, view: ServerView): Violation[] {
  const violations: Violation[] = [];
  const refused = new Set(
    terminals.flatMap(({ rejected }) => rejected.map((record) => String(record['documentId']))),
  );
  for (const { terminal, collection, document } of ledger.births.values()) {
    const about = { collection, id: document.id };
    const stored = view.documents(collection).get(document.id);
    if (stored === undefined) {
      if (refused.has(document.id) || ledger.revoked.has(terminal)) continue;
      violations.push({ invariant: '1', where: terminal, message: 'is lost', document: about });
    } else if (collection === 'invoices' || collection === 'movements') {
      const changed = businessFields(document).filter(
        (field) => !same(document[field], stored[field]),
      );
      if (changed.length > 0) {
        const message = `was changed: ${changed.join(', ')}`;
        violations.push({ invariant: '1', where: terminal, message, document: about });
      }
    }
  }
  return violations;
}

/** 1: what the server acknowledged is there, in that version or a later one. */
function checkAcknowledged(ledger: Ledger, view: ServerView): Violation[] {
  if (ledger.restored) return [];
  const violations: Violation[] = [];
  for (const [key, ver] of ledger.acknowledged) {
    const [collection = '', id = ''] = key.split('/');
    const stored = view.documents(collection).get(id);
    if (stored !== undefined && Number(stored['ver']) >= ver) continue;
    const document = { collection, id };
    const message = 'was acknowledged and is not there';
    violations.push({ invariant: '1', where: 'server', message, document, expected: ver });
  }
  return violations;
}

/**
 * 6: no value that somebody typed is gone without a word. It stands at the server, or somebody saw it and typed
 * another, or it is in a conflict or refusal that the one who typed it can see.
 */
function checkWrites(terminals: readonly EndView[], ledger: Ledger, view: ServerView): Violation[] {
  const violations: Violation[] = [];
  const fieldKey = (collection: string, id: string, field: string): string =>
    `${collection}/${id}/${field}`;
  const overwritten = new Set(
    ledger.writes.map(
      ({ collection, id, field, base }) => `${fieldKey(collection, id, field)}=${ordered(base)}`,
    ),
  );
  const recorded = new Set<string>();
  for (const { conflicts, rejected } of terminals) {
    for (const record of conflicts) {
      for (const { field, mine } of record['fields'] as { field: string; mine: unknown }[]) {
        const key = fieldKey(String(record['collectionName']), String(record['documentId']), field);
        recorded.add(`${key}=${ordered(mine)}`);
      }
    }
    for (const record of rejected) recorded.add(String(record['documentId']));
  }
  const stored = new Map<string, Map<string, Doc>>();
  for (const write of ledger.writes) {
    const { terminal, collection, id, field, value } = write;
    /* What it wrote may have gone with it, or with the server's own past. */
    if (ledger.isPast(write) || ledger.revoked.has(terminal)) continue;
    if (ledger.restored && terminal === AT_SERVER) continue;
    const documents = stored.get(collection) ?? view.documents(collection);
    stored.set(collection, documents);
    const key = `${fieldKey(collection, id, field)}=${ordered(value)}`;
    const now = documents.get(id)?.[field];
    if (same(now, value) || overwritten.has(key) || recorded.has(key) || recorded.has(id)) continue;
    const document = { collection, id };
    const message = `${field}: a value that was typed here is gone without a word`;
    violations.push({
      invariant: '6',
      where: terminal,
      message,
      document,
      expected: value,
      actual: now,
    });
  }
  return violations;
}

/** 5: consecutives are unique per terminal and type, and without gaps; twice only of copied profiles, and then said. */
function checkConsecutives(view: ServerView, ledger: Ledger): Violation[] {
  const violations: Violation[] = [];
  const series = new Map<string, { number: number; flagged: boolean }[]>();
  /* What was wiped before it was sent took its numbers along, in whatever order the rest had been sent. */
  const wiped = [...ledger.wipedAway.values()].filter(
    (document) => 'consecutive' in document && !view.documents('invoices').has(document.id),
  );
  for (const invoice of [...view.documents('invoices').values(), ...wiped]) {
    const consecutive = String(invoice['consecutive']);
    const taken = series.get(consecutive.slice(0, 10)) ?? [];
    const flagged = ((invoice['flags'] ?? []) as string[]).includes('DUPLICATE_CONSECUTIVE');
    taken.push({ number: Number(consecutive.slice(10)), flagged });
    series.set(consecutive.slice(0, 10), taken);
  }
  for (const [key, taken] of series) {
    taken.sort((a, b) => a.number - b.number);
    let last = 0;
    for (const [index, { number }] of taken.entries()) {
      if (number === last + 1) last = number;
      else if (ledger.copied && number === last) {
        const twins = taken.filter((other) => other.number === number);
        if (twins.filter(({ flagged }) => flagged).length >= twins.length - 1) continue;
        const message = `series ${key}: a number stands twice, and nobody was told`;
        violations.push({ invariant: '5', where: 'server', message, actual: number });
      } else {
        const message = `series ${key}: a number is missing or stands twice`;
        const expected = index + 1;
        violations.push({ invariant: '5', where: 'server', message, expected, actual: number });
        break;
      }
    }
  }
  return violations;
}

/** F13: nobody is called a copy who is none, whatever answers were lost and whoever crashed. */
function checkCopies(view: ServerView, ledger: Ledger): Violation[] {
  const noticed = view.audits().get('terminalCopied') ?? 0;
  if (ledger.copied || noticed === 0) return [];
  const message = 'a terminal that nobody copied was taken for a copy';
  return [{ invariant: 'F13', where: 'server', message, expected: 0, actual: noticed }];
}

/** 4: the stock on screen is the server's, and what was refused here. */
function checkShown(
  { name, shownStock, documents }: EndView,
  ledger: Ledger,
  view: ServerView,
): Violation[] {
  const violations: Violation[] = [];
  const here = new Map<string, number>();
  for (const collection of ['movements', 'invoices']) {
    for (const document of documents[collection] ?? []) {
      if (document['pending'] !== 1) continue;
      for (const [id, quantity] of ledger.effects(collection, document as Doc)) {
        here.set(id, (here.get(id) ?? 0) + quantity);
      }
    }
  }
  for (const [id, stock] of view.documents('stock')) {
    const expected = Number(stock['onHand']) + (here.get(id) ?? 0);
    if (shownStock[id] === expected) continue;
    const document = { collection: 'stock', id };
    const message = 'the stock on screen is not the server’s';
    const actual = shownStock[id];
    violations.push({ invariant: '4', where: name, message, document, expected, actual });
  }
  return violations;
}
