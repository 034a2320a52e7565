import type { Generated } from 'kysely';

/*
 * The tables, as Kysely sees them. Every key begins with the store, and no transaction spans two stores, so that a
 * distributed database can shard by store. Times are ISO instants, JSON is text: both databases hold them alike.
 */

export interface StoresTable {
  store_id: string;
  epoch: string;
  /** The life that the present one was restored from; '' where it is the first, or nobody knows. */
  parent_epoch: Generated<string>;
  /** StoreProfile as JSON. */
  profile: string;
  demo: number;
}

/** One row a collection. Locked by the transaction that writes: sequence order is commit order. */
export interface CountersTable {
  store_id: string;
  collection: string;
  seq: number;
  count: number;
  digest: string;
}

export interface DocumentsTable {
  store_id: string;
  collection: string;
  id: string;
  seq: number;
  ver: number;
  edit: string;
  /** Exactly the text that a pull sends. */
  json: string;
  /** When an invoice was issued; '' of everything else, and of what a node of the version before wrote. */
  issued: Generated<string>;
  /** 1: an invoice that terminals no longer hold. It is in no page of a pull, and is not counted. */
  archived: Generated<number>;
}

/** What of a store's invoices is archived (see `Cut`); no row before the first one. */
export interface CutsTable {
  store_id: string;
  /** Issued before this instant, with a place up to `seq`, and not `kept` (a JSON array of ids). */
  before: string;
  seq: number;
  kept: string;
  /** When it was made. */
  at: string;
}

/** Documents that terminals merge, as the present life of the data began with them. */
export interface OriginsTable {
  store_id: string;
  collection: string;
  id: string;
  json: string;
}

/** Every edit that was accepted, so that a push that is repeated is recognised even when others have built on it. */
export interface EditsTable {
  store_id: string;
  collection: string;
  edit: string;
  id: string;
  ver: number;
}

/** The movements of stock, append only: stock is their sum. */
export interface StockMovesTable {
  store_id: string;
  source_id: string;
  product_id: string;
  source: string;
  quantity: number;
}

/** Serials of a terminal's documents that stock contains, as flat ascending ranges in JSON. */
export interface SerialsTable {
  store_id: string;
  terminal_id: string;
  ranges: string;
}

export interface ConsecutivesTable {
  store_id: string;
  consecutive: string;
  invoice_id: string;
}

export interface TerminalsTable {
  store_id: string;
  terminal_id: string;
  number: number;
  name: string;
  credential_hash: string;
  enrolled_at: string;
  last_seen_at: string;
  revoked_at: string;
  /** JWK, or ''. */
  public_key: string;
  nonce: string;
  copied_at: string;
  signed_from: number;
}

export interface ChallengesTable {
  store_id: string;
  challenge_hash: string;
  terminal_id: string;
  expires_at: string;
}

export interface CodesTable {
  store_id: string;
  code_hash: string;
  expires_at: string;
  used_at: string;
  /** The terminal that it became, '' before; of codes from before that was kept, too. */
  terminal_id: string;
}

export interface CredentialsTable {
  store_id: string;
  user_id: string;
  user_name: string;
  password_hash: string;
}

export interface SessionsTable {
  store_id: string;
  token_hash: string;
  user_id: string;
  terminal_id: string;
  expires_at: string;
}

/** Which users have logged in at which terminals. */
export interface LoginsTable {
  store_id: string;
  terminal_id: string;
  user_id: string;
  last_at: string;
}

/** Append only: the database refuses to change or remove a row. */
export interface AuditTable {
  store_id: string;
  id: string;
  at: string;
  actor: string;
  action: string;
  terminal_id: string;
  details: string;
}

/** Which entries `productUnknown` of the log name a product: read when it comes. */
export interface AwaitedPricesTable {
  store_id: string;
  product_id: string;
  entry_id: string;
}

/** What a revoked terminal sent, kept aside for the owner. */
export interface QuarantineTable {
  store_id: string;
  id: string;
  at: string;
  terminal_id: string;
  collection: string;
  body: string;
}

/** Keys by which users approve at a terminal, those of earlier passwords too. */
export interface ApprovalKeysTable {
  store_id: string;
  user_id: string;
  key_text: string;
}

/** Which invoice follows which, by the hash that each names: an end of a terminal's chain is taken once. */
export interface ChainLinksTable {
  store_id: string;
  terminal_id: string;
  prev: string;
  invoice_id: string;
}

/** How often something was tried within a window of time; `store_id` is '' where no store is known yet. */
export interface LimitsTable {
  store_id: string;
  /** A hash of who tried what: neither addresses nor credentials are kept. */
  key: string;
  hits: number;
  /** End of the window, in ms. */
  resets_at: number;
}

/** How a terminal last said that it stands; one row each. */
export interface TerminalReportsTable {
  store_id: string;
  terminal_id: string;
  /** Of the terminal: the highest one stays. */
  counter: number;
  received_at: string;
  /** The terminal's clock minus the server's, in ms. */
  skew_ms: number;
  /** TerminalReport as JSON. */
  body: string;
}

/** Counts of one hour of UTC, `2026-11-28T04`. */
export interface FleetHoursTable {
  store_id: string;
  hour: string;
  /** Sequence number of the store's invoices when the hour's first report came: what came later lies above it. */
  invoices_seq: number;
  syncs: number;
}

export interface Tables {
  stores: StoresTable;
  counters: CountersTable;
  documents: DocumentsTable;
  origins: OriginsTable;
  edits: EditsTable;
  stock_moves: StockMovesTable;
  serials: SerialsTable;
  consecutives: ConsecutivesTable;
  terminals: TerminalsTable;
  challenges: ChallengesTable;
  enrolment_codes: CodesTable;
  credentials: CredentialsTable;
  sessions: SessionsTable;
  logins: LoginsTable;
  audit: AuditTable;
  awaited_prices: AwaitedPricesTable;
  approval_keys: ApprovalKeysTable;
  chain_links: ChainLinksTable;
  quarantine: QuarantineTable;
  limits: LimitsTable;
  terminal_reports: TerminalReportsTable;
  fleet_hours: FleetHoursTable;
  cuts: CutsTable;
}
