import { same } from './same';
import type { Doc, ServerView } from './server-view';

/** A value that somebody gave to a field, and the value that was there when they did. */
export interface FieldWrite {
  terminal: string;
  collection: string;
  id: string;
  field: string;
  base: unknown;
  value: unknown;
}

/** A document that was born at a terminal. */
export interface Birth {
  terminal: string;
  collection: string;
  document: Doc;
}

/** Fields that are the product's own bookkeeping, which nobody typed. */
const BOOKKEEPING = new Set(['id', 'ver', 'edit', 'pending', 'updatedAt', 'editedBy', 'flags']);
const FREE = new Set(['clients', 'products']);

export const businessFields = (document: object): string[] =>
  Object.keys(document).filter((field) => !BOOKKEEPING.has(field));

/** Who writes at the server itself, as a name among those of the terminals. */
export const AT_SERVER = 'server';

type Logins = Map<string, Set<string>>;
const copyOf = (logins: Logins): Logins =>
  new Map([...logins].map(([terminal, users]) => [terminal, new Set(users)]));

/**
 * The ledger of an independent bookkeeper: what people did at which terminal, as they saw it on screen, and what the
 * server acknowledged on the wire. It knows nothing of how the product works.
 */
export class Ledger {
  readonly births = new Map<string, Birth>();
  readonly writes: FieldWrite[] = [];
  /** `collection/id` -> highest version that a terminal was told of. */
  readonly acknowledged = new Map<string, number>();
  /** Products that the world began with: id -> opening stock, thousandths. */
  readonly opening = new Map<string, number>();
  /** Documents whose stored state was altered past the desk: `collection/id`. */
  readonly spoilt = new Set<string>();
  /** Roles that a user has had, the present one included, by user name. */
  readonly roles = new Map<string, Set<string>>();
  /** Terminals that the owner revoked: what they have not sent by then stays with them. */
  readonly revoked = new Set<string>();
  /** Invoices that the server has archived at some time: terminals need not hold them any more. */
  readonly archived = new Set<string>();
  /** Who showed the server a password at a terminal, by terminal: the last one, and all whom the server's data know of. */
  readonly #senders = new Map<string, string>();
  #provenAt: Logins = new Map();
  readonly #backups = new Map<string, Logins>();
  /** Refusals that were right when they were given: `collection/id`. */
  readonly rightlyRefused = new Set<string>();
  /** How often a backup was put back. */
  #restores = 0;
  /** Born at a terminal that was wiped while the server did not have it: whoever has a copy may not send it. By key. */
  readonly wipedAway = new Map<string, Doc>();
  /** Profiles that have the identity of another, by name: the same number twice is then right, if it is said (F13, F24). */
  readonly copies = new Map<string, string>();
  #wiped = 0;

  /** The server let somebody in at a terminal, and takes for theirs what it sends from then on. */
  loggedIn(terminal: string, userName: string): void {
    this.#senders.set(terminal, userName);
    this.#provenAt.set(terminal, (this.#provenAt.get(terminal) ?? new Set()).add(userName));
  }

  /** Its author only ever logged in there without a connection: what whoever sends it now may do counts too. */
  isSentByLesser(terminal: string, author: string): boolean {
    if (this.#provenAt.get(terminal)?.has(author) === true) return false;
    return this.wasCashier(this.#senders.get(terminal) ?? '');
  }

  /** Somebody made or changed a document. */
  wrote(terminal: string, collection: string, before: object | null, after: Doc): void {
    const key = `${collection}/${after.id}`;
    if (before === null && !this.births.has(key)) {
      this.births.set(key, { terminal, collection, document: after });
      return;
    }
    if (!FREE.has(collection)) return;
    const base = (before ?? {}) as Record<string, unknown>;
    for (const field of businessFields(after)) {
      if (same(base[field], after[field])) continue;
      const { id } = after;
      this.writes.push({ terminal, collection, id, field, base: base[field], value: after[field] });
    }
  }

  /** A terminal died while it wrote; `found` is what stands on its disk. */
  found(terminal: string, collection: string, found: Doc): void {
    const key = `${collection}/${found.id}`;
    if (found['pending'] === 1 && !this.births.has(key) && found['ver'] === 0) {
      this.births.set(key, { terminal, collection, document: found });
    }
  }

  /** A terminal was wiped: what it had not sent is gone, by the will of whoever did it. */
  wiped(terminal: string, view: ServerView): void {
    this.#wiped += 1;
    this.#provenAt.delete(terminal);
    const past = `${terminal}, wiped (${this.#wiped})`;
    for (const [key, birth] of this.births) {
      if (birth.terminal !== terminal) continue;
      if (view.documents(birth.collection).has(birth.document.id)) birth.terminal = past;
      else {
        this.births.delete(key);
        this.wipedAway.set(key, birth.document);
      }
    }
    for (const write of this.writes) if (write.terminal === terminal) write.terminal = past;
  }

  /** Whether a terminal was wiped after it had written this: what it knew of it is gone. */
  isPast({ terminal }: { terminal: string }): boolean {
    return terminal.includes(', wiped (');
  }

  /** A backup was put back: versions and acknowledgements of before say nothing of the data of now. */
  backup(name: string): void {
    this.#backups.set(name, copyOf(this.#provenAt));
  }

  restore(name = ''): void {
    this.#restores += 1;
    this.#provenAt = copyOf(this.#backups.get(name) ?? new Map());
  }

  get restores(): number {
    return this.#restores;
  }

  get restored(): boolean {
    return this.#restores > 0;
  }

  /** A profile was copied, with all that the server knows of it. */
  copy(terminal: string, of: string): void {
    this.copies.set(terminal, of);
    this.#provenAt.set(terminal, new Set(this.#provenAt.get(of)));
    this.#senders.set(terminal, this.#senders.get(of) ?? '');
  }

  get copied(): boolean {
    return this.copies.size > 0;
  }

  /** Whether it began as another terminal, or another as it: what was pending then, both have to send. */
  isTwin(terminal: string): boolean {
    return this.copies.has(terminal) || [...this.copies.values()].includes(terminal);
  }

  hasRole(userName: string, role: string): void {
    const roles = this.roles.get(userName) ?? new Set();
    this.roles.set(userName, roles.add(role));
  }

  wasCashier(userName: string): boolean {
    return this.roles.get(userName)?.has('cashier') === true;
  }

  /** The answer to a push reached a terminal. */
  answered(collection: string, accepted: readonly { id: string; ver: number }[]): void {
    for (const { id, ver } of accepted) {
      const key = `${collection}/${id}`;
      this.acknowledged.set(key, Math.max(ver, this.acknowledged.get(key) ?? 0));
    }
  }

  /** The effects on stock of a document, by the rules of the shop: product -> thousandths. */
  effects(collection: string, document: Doc): Map<string, number> {
    const sums = new Map<string, number>();
    const add = (product: unknown, quantity: number): void => {
      sums.set(String(product), (sums.get(String(product)) ?? 0) + quantity);
    };
    if (collection === 'movements') add(document['productId'], Number(document['quantity']));
    if (collection === 'invoices') {
      const sign = document['type'] === '03' ? 1 : document['type'] === '02' ? 0 : -1;
      for (const line of document['lines'] as Record<string, unknown>[]) {
        if (line['stocked'] === true) add(line['productId'], sign * Number(line['quantity']));
      }
    }
    return sums;
  }
}
