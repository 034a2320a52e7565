import type { CollectionName } from '../../schemas/registry';
import type { AuditFilter } from '../../shared/protocol/audit-messages';
import type { CollectionStatus, Contents, Cut, StoreProfile } from '../../shared/protocol/messages';
import type { ArchiveStore } from './archive-port';
import type { AuthStore, StoredTerminal } from './auth-port';
import type { FleetStore } from './fleet-port';

/** A document as it is kept: its text is exactly what a pull sends. */
export interface StoredDocument {
  id: string;
  ver: number;
  edit: string;
  json: string;
}

/** A document's text with its place in the sequence of its collection. */
export interface PlacedDocument {
  seq: number;
  json: string;
}

export interface DocumentVersion {
  id: string;
  ver: number;
  seq: number;
}

export interface StoredStore {
  id: string;
  epoch: string;
  profile: StoreProfile;
  demo: boolean;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  action: string;
  /** The terminal that it happened at; left out, or '', where it was none. */
  terminalId?: string;
  details: Record<string, unknown>;
}

/** A place in the log, which is ordered by time, then by id. */
export interface AuditPlace {
  at: string;
  id: string;
}

/** Documents and their sequence. All methods are about one store. */
export interface DocumentStore {
  find(collection: CollectionName, ids: readonly string[]): Promise<Map<string, StoredDocument>>;
  /** Edits that were accepted before, with the document and the version that each made. */
  findEdits(
    collection: CollectionName,
    edits: readonly string[],
  ): Promise<Map<string, { id: string; ver: number }>>;
  /**
   * Forgets edits that lie at least `behind` versions behind what their document is now: goes through `limit` of them, by
   * their ids, from behind `after` ('': from the first). `after` of the answer is where to go on; null: that was the last.
   */
  forgetEdits(
    collection: CollectionName,
    options: { behind: number; after: string; limit: number },
  ): Promise<{ forgotten: number; after: string | null }>;
  /**
   * Writes documents in this order, each with the next sequence number of its collection, and keeps count and digest.
   * Takes the counter's row lock: whoever commits first has the lower numbers. What was archived is so no more.
   */
  write(collection: CollectionName, documents: readonly StoredDocument[]): Promise<void>;
  /** Writes those of the documents that are archived anew, in the state that they have: whoever sent them again holds them. */
  revive(collection: CollectionName, ids: readonly string[]): Promise<void>;
  /**
   * Documents after `seq`, ordered by it, and how many come after the page. `lastSeq` and `contents` are the
   * collection's own, read after the documents: where `lastSeq` is the page's last number, the page reached the end, and
   * `contents` is what the collection held at that very number. Archived invoices are in none of it, but for the documents
   * (and what remains of them) where all are asked for.
   */
  page(
    collection: CollectionName,
    seq: number,
    limit: number,
    which?: 'live' | 'all',
  ): Promise<{
    documents: PlacedDocument[];
    remaining: number;
    lastSeq: number;
    contents: Contents;
  }>;
  /**
   * The same page as a pull sends it: the documents' texts as they are kept, with commas between them (bytes of UTF-8
   * where the database has them), and the number that they reach: the last one's, or the end. `cut`: of invoices, the one that
   * they lack; of the same moment.
   */
  changes(
    collection: CollectionName,
    seq: number,
    limit: number,
  ): Promise<{
    json: string | Uint8Array;
    seq: number;
    remaining: number;
    lastSeq: number;
    contents: Contents;
    cut: Cut | null;
  }>;
  /** Those of the documents that are there, archived or not, in no order. */
  pick(collection: CollectionName, ids: readonly string[]): Promise<readonly PlacedDocument[]>;
  /**
   * Those of the documents (of a collection that is merged) with which the present life of the data began, as JSON texts in
   * no order, and the life before it ('': it is the first, or not known).
   */
  origins(
    collection: CollectionName,
    ids: readonly string[],
  ): Promise<{ parent: string; documents: readonly string[] }>;
  /** Versions of the documents (not of archived ones) whose ids begin with `prefix`, in the byte order of ids, after the id `after`. */
  versions(
    collection: CollectionName,
    range: { prefix: string; after: string; limit: number },
  ): Promise<readonly DocumentVersion[]>;
  /** Number, highest sequence number and digest as they are kept, by collection. */
  status(): Promise<Partial<Record<CollectionName, CollectionStatus>>>;
  /**
   * The same for one collection, computed from the documents themselves. Reads them all, and keeps writers of the
   * collection out until the transaction ends: call it inside of one.
   */
  recount(collection: CollectionName): Promise<CollectionStatus>;
}

/** An invoice that was taken, and which one it follows; its place among all of them. */
export interface LinkPlace {
  terminalId: string;
  prev: string;
  invoiceId: string;
}

/** Stock and fiscal numbers. */
export interface LedgerStore {
  addMoves(
    moves: readonly { sourceId: string; source: string; productId: string; quantity: number }[],
  ): Promise<void>;
  /** Sum of a product's movements, in thousandths. */
  sumOfMoves(productId: string): Promise<number>;
  serials(terminalId: string): Promise<readonly number[]>;
  setSerials(terminalId: string, ranges: readonly number[]): Promise<void>;
  /** Remembers a consecutive; returns the other invoices that have it. */
  addConsecutive(consecutive: string, invoiceId: string): Promise<readonly string[]>;
  /** Remembers which invoice a terminal's invoice follows (its hash, '' the first); returns the others that do too. */
  addLink(link: {
    terminalId: string;
    prev: string;
    invoiceId: string;
  }): Promise<readonly string[]>;
  /** Every invoice that was ever taken, in pages: by terminal, then by the hash that it follows. */
  links(page: { after: LinkPlace | null; limit: number }): Promise<readonly LinkPlace[]>;
  /** Numbers of invoices, by their ids; without those whose number is not remembered. */
  consecutivesOf(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** A body that a revoked terminal sent. `id` follows from its content. */
export interface KeptAside {
  id: string;
  at: string;
  terminalId: string;
  collection: string;
  body: string;
}

/** What happened, for the owner; append only. */
export interface JournalStore {
  /** Writes an entry, once: another one under the same id changes nothing. Nothing changes or removes an entry. */
  audit(entry: AuditEntry): Promise<void>;
  audits(action: string): Promise<readonly AuditEntry[]>;
  /** Remembers that an entry waits for these products. */
  awaitProducts(productIds: readonly string[], entryId: string): Promise<void>;
  /** The entries that wait for any of these products, each once: no other entry of the log is read. */
  awaiting(productIds: readonly string[]): Promise<readonly AuditEntry[]>;
  /** Entries that the filter lets through, newest first, from behind a place. */
  auditPage(options: {
    filter: AuditFilter;
    before: AuditPlace | null;
    limit: number;
  }): Promise<readonly Required<AuditEntry>[]>;
  /** Keeps a body under its id, once. */
  quarantine(entry: KeptAside): Promise<void>;
  quarantined(): Promise<number>;
  hasKeptAside(id: string): Promise<boolean>;
  /** Takes one away, so that there is room again; false where there is none of this id. */
  removeKeptAside(id: string): Promise<boolean>;
  /** All that was kept, in the order in which it came. */
  keptAside(): Promise<readonly KeptAside[]>;
}

/** Counts of attempts, shared by all nodes. Each is one statement: no two attempts are counted as one. */
export interface LimitStore {
  /** Counts an attempt at `now`; the first one opens a window of `windowMs`. Times in ms. */
  hit(
    key: string,
    window: { now: number; windowMs: number },
  ): Promise<{ hits: number; resetsAt: number }>;
  /** Takes one attempt back. */
  undo(key: string): Promise<void>;
  forget(key: string): Promise<void>;
}

/** Everything of one store, inside or outside of a transaction. */
export interface StoreScope {
  readonly storeId: string;
  /** The store itself, as this scope sees it: inside a transaction never ask the `Store`, it would wait for itself. */
  self(): Promise<StoredStore | null>;
  /** Writes the profile anew: call it inside of a transaction. */
  setProfile(profile: StoreProfile): Promise<void>;
  readonly documents: DocumentStore;
  readonly ledger: LedgerStore;
  readonly auth: AuthStore;
  readonly journal: JournalStore;
  readonly fleet: FleetStore;
  readonly archive: ArchiveStore;
}

/** `down`: no answer. `readOnly`: it takes no writes (a standby, a full disk). `behind`: its tables lack a migration. */
export type Readiness = 'ready' | 'down' | 'readOnly' | 'behind';

/**
 * The port that every database implements; `test/contract` is what it promises. What the database itself throws comes
 * through as it is: `storeError` says whether that means "later" (STORE_BUSY) or a defect.
 */
export interface Store {
  stores(): Promise<readonly StoredStore[]>;
  /**
   * Adds a store, and in the same transaction what `fill` writes into it. False where it is there already, or another
   * node is just adding it: then nothing is written.
   */
  addStore(store: StoredStore, fill?: (scope: StoreScope) => Promise<void>): Promise<boolean>;
  /** Begins a new life of the store's data: after a restore. */
  setEpoch(storeId: string, epoch: string): Promise<void>;
  store(storeId: string): Promise<StoredStore | null>;
  /** The store and terminal that a credential belongs to. */
  terminalByCredential(credentialHash: string): Promise<StoredTerminal | null>;
  terminalById(terminalId: string): Promise<StoredTerminal | null>;
  /** The store that an unexpired code belongs to, used or not. */
  storeOfCode(codeHash: string, at: string): Promise<string | null>;
  scope(storeId: string): StoreScope;
  /** Attempts by whoever is known to belong to a store; '' for anybody else's. */
  limits(storeId: string): LimitStore;
  /**
   * All or nothing, for one store, and one at a time: what the work reads nobody changes until it ends. It may be called
   * again, after a transaction that the database undid by itself, so it has no effect but what it writes to its scope.
   */
  transaction<T>(storeId: string, work: (scope: StoreScope) => Promise<T>): Promise<T>;
  /** Whether the store can do its work now: found out by reading and by a write that is undone, within seconds. */
  readiness(): Promise<Readiness>;
  close(): Promise<void>;
}
