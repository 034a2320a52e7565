import type { RxCollection } from 'rxdb';
import {
  type AnyDocument,
  COLLECTION_NAMES,
  type CollectionName,
  isCollectionName,
} from '../../schemas/registry';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import type { DeskDatabase } from '../db/database';
import type { Identity } from '../session/identity';
import type { Case } from './case-schema';
import { CASE_VERSION } from './case-schema';
import { plainDocument } from './plain-document';
import { typedName } from './recorded-calls';
import type { TracedDocument, TraceEntry } from './trace-entry';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Entries, and what was there when the first of them was written. Names are still the real ones. */
export async function buildCase(options: {
  db: DeskDatabase;
  entries: readonly TraceEntry[];
  identity: Identity;
  name: string;
  exportedAt: string;
}): Promise<Case> {
  const { db, identity, name, exportedAt } = options;
  const { isNew, userName, entries } = beginning(withNames(options.entries));
  const begin = entries[0]?.at ?? 0;
  const before = firstStates(entries);
  const documents: Case['base']['documents'] = {};
  for (const collection of COLLECTION_NAMES) {
    const ids = new Set([
      ...mentioned(entries, collection),
      ...(await beside(db, { collection, terminalId: identity.terminal.id, before })),
    ]);
    const then = await statesAt(db, { collection, ids, before });
    if (then.length > 0) documents[collection] = then;
  }
  const isOlder = ({ at }: { at: string }): boolean => Date.parse(at) < begin;
  const conflicts = await db.conflicts.find({ selector: { status: 'open' } }).exec();
  const rejected = await db.rejected.find().exec();
  return {
    format: 'mostrador-case',
    version: CASE_VERSION,
    name,
    exportedAt,
    protocol: PROTOCOL_VERSION,
    base: {
      terminal: identity.terminal,
      isEnrolled: !isNew,
      store: identity.store,
      userName,
      documents,
      conflicts: conflicts.map((record) => record.toMutableJSON()).filter(isOlder),
      rejected: rejected.map((record) => record.toMutableJSON()).filter(isOlder),
    },
    entries,
  };
}

/** The entries as if each name had been known when it was typed. */
function withNames(entries: readonly TraceEntry[]): TraceEntry[] {
  const names = new Map(
    entries.flatMap((entry) =>
      entry.kind === 'named' ? [[entry.op, entry.userName] as const] : [],
    ),
  );
  return entries.flatMap((entry) => {
    if (entry.kind === 'named') return [];
    const userName = entry.kind === 'call' ? names.get(entry.op) : undefined;
    if (entry.kind !== 'call' || userName === undefined) return [entry];
    const { args, ...call } = structuredClone(entry.call);
    Object.assign(typedName(args) ?? {}, { userName });
    return [{ ...entry, call: { ...call, args } }];
  });
}

/**
 * Where the case begins: with an empty profile, or at the first operation before which nothing was under way; rather
 * where nothing was pending either, if that does not cost half of the trace.
 */
function beginning(entries: readonly TraceEntry[]): {
  isNew: boolean;
  userName: string | null;
  entries: TraceEntry[];
} {
  const [first] = entries;
  if (first?.kind === 'start' && first.terminalId === null) {
    return { isNew: true, userName: null, entries: [...entries] };
  }
  const rests = entries.flatMap((entry, index) =>
    entry.kind === 'call' && entry.rest !== undefined ? [{ index, ...entry.rest }] : [],
  );
  const saved = rests.find((rest) => rest.saved && rest.index <= entries.length / 2);
  const chosen = saved ?? rests[0];
  return {
    isNew: false,
    userName: chosen?.userName ?? null,
    entries: chosen === undefined ? [] : entries.slice(chosen.index),
  };
}

type States = ReadonlyMap<string, TracedDocument | null>;

/** What stood there before the first write of each document that the trace knows of. */
function firstStates(entries: readonly TraceEntry[]): States {
  const states = new Map<string, TracedDocument | null>();
  for (const entry of entries) {
    if (entry.kind !== 'stored') continue;
    for (const { id, before } of entry.rows) {
      const key = `${entry.collection}/${id}`;
      if (before !== undefined && !states.has(key)) states.set(key, before);
    }
  }
  return states;
}

/** Documents that operations, messages and writes are about. */
function mentioned(entries: readonly TraceEntry[], collection: CollectionName): Set<string> {
  const ids = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'stored' && entry.collection === collection) {
      for (const { id } of entry.rows) ids.add(id);
    } else if (entry.kind === 'sent' && entry.collection === collection) {
      for (const { id } of entry.rows ?? []) ids.add(id);
    } else if (entry.kind === 'call') {
      /* Which collection an argument is of does not matter: an id is looked for in all of them. */
      for (const [id] of JSON.stringify(entry.call.args).matchAll(UUID)) ids.add(id);
    }
    if (entry.kind === 'stored' || entry.kind === 'call') {
      /* An invoice names its client and its products; those are needed to issue it again. */
      for (const [id] of JSON.stringify(entry).matchAll(UUID)) ids.add(id);
    }
  }
  return ids;
}

/** What a trace needs besides: everybody who may log in, and the last numbers that this terminal took. */
async function beside(
  db: DeskDatabase,
  {
    collection,
    terminalId,
    before,
  }: { collection: CollectionName; terminalId: string; before: States },
): Promise<string[]> {
  if (collection === 'users') return (await db.users.find().exec()).map(({ id }) => id);
  if (collection !== 'invoices' && collection !== 'movements') return [];
  const own = await (db[collection] as unknown as RxCollection<AnyDocument>)
    .find({ selector: { terminalId } as never })
    .exec();
  const newest = new Map<string, { id: string; serial: number }>();
  for (const document of own) {
    const {
      id,
      serial,
      type = '',
    } = document.toJSON() as {
      id: string;
      serial: number;
      type?: string;
    };
    if (before.get(`${collection}/${id}`) === null) continue;
    if ((newest.get(type)?.serial ?? 0) < serial) newest.set(type, { id, serial });
  }
  return [...newest.values()].map(({ id }) => id);
}

async function statesAt(
  db: DeskDatabase,
  options: { collection: CollectionName; ids: ReadonlySet<string>; before: States },
): Promise<TracedDocument[]> {
  const { collection, ids, before } = options;
  const now = await (db[collection] as unknown as RxCollection<AnyDocument>)
    .findByIds([...ids])
    .exec();
  const found: TracedDocument[] = [];
  for (const id of ids) {
    const known = before.get(`${collection}/${id}`);
    if (known === null) continue;
    const current = now.get(id);
    if (known !== undefined) found.push(known);
    else if (current !== undefined) found.push(plainDocument(current.toMutableJSON()));
  }
  return found;
}

/** Documents of the trace in numbers, for whoever is asked whether to save it. */
export const countDocuments = ({ base }: Case): number =>
  Object.entries(base.documents).reduce(
    (sum, [name, list]) => sum + (isCollectionName(name) ? list.length : 0),
    0,
  );
