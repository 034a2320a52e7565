import type { RxCollection, RxDatabase, RxStorage } from 'rxdb';
import { createRxDatabase } from 'rxdb/plugins/core';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { sha256Text } from '../../../client/db/sha256-text';

export interface Item {
  id: string;
  text: string;
}
export const itemSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 20 }, text: { type: 'string' } },
  required: ['id', 'text'],
} as const;

export type Items = RxCollection<Item>;
export type Replication = RxReplicationState<Item, { seq: number }>;
export interface PushRow {
  newDocumentState: Item;
  assumedMasterState?: Item;
}

let databases = 0;

/** A database of plain RxDB in memory, as it comes: nothing of ours is in between. */
export async function openItems(
  options: { name?: string; storage?: RxStorage<unknown, object> } = {},
): Promise<{ db: RxDatabase; items: Items }> {
  databases += 1;
  const db = await createRxDatabase({
    name: options.name ?? `trap${databases}`,
    storage: options.storage ?? (getRxStorageMemory() as never),
    multiInstance: false,
    hashFunction: sha256Text as never,
  });
  const { items } = await db.addCollections({ items: { schema: itemSchema } });
  return { db, items: items as unknown as Items };
}

/** A server in a few lines: documents in the order of their last change, and a push that knows conflicts. */
export class FakeServer {
  readonly log: Item[] = [];
  readonly pushed: PushRow[][] = [];
  readonly asked: (number | null)[] = [];
  down = false;
  pushDown = false;
  attempts = 0;
  /** What a pull waits for before it answers. */
  gate: Promise<void> = Promise.resolve();

  put(...items: Item[]): void {
    for (const item of items) {
      const at = this.log.findIndex(({ id }) => id === item.id);
      if (at >= 0) this.log.splice(at, 1, { id: '', text: '' });
      this.log.push(item);
    }
  }

  get(id: string): Item | undefined {
    return this.log.find((item) => item.id === id);
  }

  readonly pull = async (checkpoint: { seq: number } | undefined, limit: number) => {
    this.asked.push(checkpoint?.seq ?? null);
    await this.gate;
    if (this.down) throw new Error('down');
    const from = checkpoint?.seq ?? 0;
    const documents: (Item & { _deleted: boolean })[] = [];
    let seq = from;
    while (documents.length < limit && seq < this.log.length) {
      const item = this.log[seq];
      seq += 1;
      if (item !== undefined && item.id !== '') documents.push({ ...item, _deleted: false });
    }
    return { documents, checkpoint: { seq } };
  };

  readonly push = async (rows: PushRow[]) => {
    this.attempts += 1;
    if (this.down || this.pushDown) throw new Error('down');
    this.pushed.push(rows);
    const conflicts: (Item & { _deleted: boolean })[] = [];
    for (const { newDocumentState: item, assumedMasterState: assumed } of rows) {
      const current = this.get(item.id);
      if (current !== undefined && current.text !== assumed?.text) {
        conflicts.push({ ...current, _deleted: false });
      } else this.put({ id: item.id, text: item.text });
    }
    return conflicts;
  };

  /** Every text of a document that a push brought here. */
  textsSent(id: string): string[] {
    return this.pushed
      .flat()
      .flatMap(({ newDocumentState: { id: own, text } }) => (own === id ? [text] : []));
  }
}

export function replicate(
  items: Items,
  server: FakeServer,
  options: {
    live?: boolean;
    identifier?: string;
    pullOnly?: boolean;
    batchSize?: number;
  } = {},
): Replication {
  const batchSize = options.batchSize ?? 100;
  return replicateRxCollection<Item, { seq: number }>({
    collection: items,
    replicationIdentifier: options.identifier ?? 'r',
    live: options.live ?? true,
    retryTime: 5,
    waitForLeadership: false,
    toggleOnDocumentVisible: false,
    pull: { handler: server.pull, batchSize },
    ...(options.pullOnly === true ? {} : { push: { handler: server.push as never, batchSize } }),
  });
}

/** A whole run, as `client/sync/transfer.ts` does it. */
export async function runOnce(
  items: Items,
  server: FakeServer,
  options: Parameters<typeof replicate>[2] = {},
): Promise<void> {
  const replication = replicate(items, server, options);
  await replication.awaitInSync();
  await replication.cancel();
}

/** Resolves when it holds; a trap that is gone makes the test time out here, or fail after it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}
