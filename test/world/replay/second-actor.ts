import type { TracedDocument } from '../../../client/trace/trace-entry';
import type { Approval } from '../../../schemas/invoices';
import { upgradeDocument } from '../../../schemas/migrations/upgrade-document';
import { COLLECTIONS, type CollectionName, isCollectionName } from '../../../schemas/registry';
import type { Role, User } from '../../../schemas/users';
import { writeUser } from '../../../server/auth/users';
import { beginEpoch } from '../../../server/begin-epoch';
import { TERMINAL_COOKIE } from '../../../server/http/cookies';
import type { StoreScope } from '../../../server/store/port';
import { AUTHOR_OF } from '../../../server/sync/permissions';
import { may, type Permission } from '../../../shared/roles';
import { AT_SERVER } from '../oracle/ledger';
import type { Doc } from '../oracle/server-view';
import type { Bookkeeper } from '../scenario/bookkeeper';
import { passwordOf } from '../seed-store';
import type { World } from '../world';
import type { WireRequest } from '../world-server';
import type { IdMap } from './id-map';
import type { RecordedMessage } from './recorded-messages';
import { approvalKeyOf } from './sealed';

/** Without fields of a newer schema, of which the ledger of this one knows nothing. */
const known = (collection: CollectionName, document: Doc): Doc =>
  Object.fromEntries(
    Object.entries(document).filter(
      ([field]) => field in COLLECTIONS[collection].schema.properties,
    ),
  ) as Doc;

/** What the author of a document must be allowed to do; null: terminals do not write this collection. */
const NEEDED: Readonly<Record<CollectionName, ((document: Doc) => Permission) | null>> = {
  clients: () => 'editClients',
  products: () => 'editProducts',
  invoices: ({ type }) => (type === '03' || type === '02' ? 'creditNote' : 'sell'),
  movements: () => 'adjustStock',
  shifts: () => 'sell',
  users: null,
  stock: null,
};

/** From the one who may most. */
const ROLES: readonly Role[] = ['supervisor', 'cashier', 'qa'];

/** Everybody but the recorded terminal: whatever its answers show that it did not do itself is done here, just before. */
export class SecondActor {
  constructor(
    private readonly parts: {
      world: World;
      books: Bookkeeper;
      ids: IdMap;
      /** Edits that the recorded terminal made itself. */
      ownEdits: ReadonlySet<string>;
      /** Every answer of the trace, for what it shows only later. */
      messages: readonly RecordedMessage[];
      terminalId: () => string | null;
      /** The recorded terminal's browser forgets one. */
      losesCookie: (name: string) => void;
      /** Recorded time -> time of the replay. */
      shift: number;
    },
  ) {}

  /** Makes the server as the recorded answer shows that it was. */
  async prepare(message: RecordedMessage, request: WireRequest): Promise<void> {
    const { world } = this.parts;
    const { heard, sent } = message;
    if (heard === null) return;
    await world.server.byHand(async () => {
      const { store } = world.server.context;
      const { auth } = store.scope(world.storeId);
      const terminalId = this.parts.terminalId();
      if (heard.code === 'SESSION_EXPIRED') await auth.removeExpiredSessions('9999');
      if (heard.code === 'TERMINAL_REVOKED' && terminalId !== null) {
        await auth.revokeTerminal(terminalId, new Date(world.scheduler.now).toISOString());
      }
      if (heard.code === 'CREDENTIAL_LOST') this.#loseCredential(request);
      if (heard.code === 'EPOCH_CHANGED') await this.#newEpoch(request);
      if (heard.rows?.some(({ code }) => code === 'ROLE_NOT_ALLOWED') === true) {
        await this.#put('users', this.#usersSeenNext(message));
      }
      if (heard.rows !== undefined) await this.#setRoles(message, request);
      if (sent.collection !== null && isCollectionName(sent.collection)) {
        await this.#put(sent.collection, heard.documents ?? []);
      }
    });
  }

  /** Puts documents there as they are, and what follows from them for stock. */
  async put(collection: CollectionName, documents: readonly TracedDocument[]): Promise<void> {
    await this.#put(collection, documents);
  }

  async #put(collection: CollectionName, documents: readonly TracedDocument[]): Promise<void> {
    const { world, ids, ownEdits } = this.parts;
    if (documents.length === 0) return;
    await world.server.context.store.transaction(world.storeId, async (scope) => {
      for (const recorded of documents) {
        const document = upgradeDocument(collection, ids.in(recorded)) as Doc;
        const { id } = document;
        const ver = Number(document['ver']);
        const stored = (await scope.documents.find(collection, [id])).get(id);
        if (stored !== undefined && stored.ver >= ver) continue;
        const isUnborn = stored === undefined && this.#isOwn(collection, document) && ver > 1;
        if (ownEdits.has(String(recorded['edit'])) || isUnborn) continue;
        const before = stored === undefined ? null : (JSON.parse(stored.json) as Doc);
        await this.#write(scope, { collection, before, document });
      }
    });
  }

  /** What this terminal issued is born by its own push only; flags that others caused come afterwards. */
  #isOwn(collection: CollectionName, document: Doc): boolean {
    return (
      (collection === 'invoices' || collection === 'movements' || collection === 'shifts') &&
      document['terminalId'] === this.parts.terminalId()
    );
  }

  async #write(
    scope: StoreScope,
    of: { collection: CollectionName; before: Doc | null; document: Doc },
  ): Promise<void> {
    const { world, books } = this.parts;
    const { collection, before } = of;
    const document = collection === 'users' ? this.#user(of.document) : of.document;
    const { id } = document;
    world.trace.add('server', 'rewrites', { collection, id });
    const edit = String(document['edit']);
    const ver = Number(document['ver']);
    const json = JSON.stringify({ ...document, pending: 0 });
    if (collection === 'users') await this.#login(scope, document);
    if (collection === 'stock') await this.#stock(scope, id, Number(document['onHand']));
    if ((collection === 'invoices' || collection === 'movements') && before === null) {
      await this.#moves(scope, collection, document);
    }
    if (collection === 'invoices') {
      await scope.ledger.addConsecutive(String(document['consecutive']), id);
    }
    await scope.documents.write(collection, [{ id, ver, edit, json }]);
    if (collection === 'clients' || collection === 'products') {
      books.ledger.wrote(AT_SERVER, collection, before, known(collection, document));
    }
  }

  #user(document: Doc): Doc {
    const until = Date.parse(String(document['offlineValidUntil']));
    const shifted = Number.isNaN(until) ? '' : new Date(until + this.parts.shift).toISOString();
    const password = passwordOf(String(document['userName']));
    const { terminals, ...user } = document;
    /* Before it enrols nobody knows which terminal of the list it will be. */
    const isListed = terminals !== undefined && this.parts.terminalId() !== null;
    return {
      ...user,
      ...(isListed ? { terminals } : {}),
      offlineVerifier: `$plain$${password}`,
      offlineValidUntil: shifted,
    };
  }

  async #login(scope: StoreScope, user: Doc): Promise<void> {
    const userName = String(user['userName']);
    const passwordHash = `$plain$${passwordOf(userName)}`;
    await scope.auth.setPassword({ userId: user.id, userName, passwordHash });
    await scope.auth.addApprovalKey(user.id, approvalKeyOf(userName));
    this.parts.books.ledger.hasRole(userName, String(user['role']));
  }

  /** Others sold, bought or counted: what is missing to the recorded stock is one movement. */
  async #stock(scope: StoreScope, productId: string, onHand: number): Promise<void> {
    const missing = onHand - (await scope.ledger.sumOfMoves(productId));
    await this.#openBy(scope, productId, missing);
  }

  /** Another terminal's document moves stock; its effect on the sum comes with the stock that is received. */
  async #moves(scope: StoreScope, source: 'invoices' | 'movements', document: Doc): Promise<void> {
    for (const [productId, quantity] of this.parts.books.ledger.effects(source, document)) {
      await scope.ledger.addMoves([{ sourceId: document.id, source, productId, quantity }]);
      await this.#openBy(scope, productId, -quantity);
    }
  }

  async #openBy(scope: StoreScope, productId: string, quantity: number): Promise<void> {
    const { world, books } = this.parts;
    const sourceId = world.server.context.ports.ids.newId();
    await scope.ledger.addMoves([{ sourceId, source: 'opening', productId, quantity }]);
    const { opening } = books.ledger;
    opening.set(productId, (opening.get(productId) ?? 0) + quantity);
  }

  /** The browser has forgotten the cookie that says which terminal it is; the next login gives it another. */
  #loseCredential(request: WireRequest): void {
    this.parts.losesCookie(TERMINAL_COOKIE);
    request.headers['cookie'] = (request.headers['cookie'] ?? '')
      .split('; ')
      .filter((cookie) => !cookie.startsWith(`${TERMINAL_COOKIE}=`))
      .join('; ');
  }

  /** Only where the terminal still names the present one: it may ask many times. */
  async #newEpoch(request: WireRequest): Promise<void> {
    const { world, books } = this.parts;
    const { store } = world.server.context;
    const stored = await store.store(world.storeId);
    const named = `${request.path} ${request.body ?? ''}`;
    if (stored === null || !named.includes(stored.epoch)) return;
    books.ledger.restore();
    await beginEpoch(world.server.context, { storeId: world.storeId, actor: 'replay' });
  }

  /**
   * The desk let them write it, and the server did not: the server has another role of them, which nothing else of the
   * trace need show; or it has the old one again.
   */
  async #setRoles({ sent, heard }: RecordedMessage, request: WireRequest): Promise<void> {
    const { world, ids, books } = this.parts;
    const { collection } = sent;
    if (collection === null || !isCollectionName(collection)) return;
    const results = new Map(heard?.rows?.map(({ id, code }) => [ids.of(id), code]));
    const { rows } = JSON.parse(request.body ?? '{"rows":[]}') as {
      rows: { newDocumentState: Doc }[];
    };
    const permission = NEEDED[collection];
    const authorOf = AUTHOR_OF[collection] as (document: unknown) => string;
    if (permission === null) return;
    await world.server.context.store.transaction(world.storeId, async (scope) => {
      for (const { newDocumentState: document } of rows) {
        if (!results.has(document.id)) continue;
        const isRefused = results.get(document.id) === 'ROLE_NOT_ALLOWED';
        const approvals = (document['approvals'] ?? []) as Approval[];
        for (const { userId, permission: needed } of approvals) {
          await this.#setRole(scope, userId, { needed: needed as Permission, isRefused });
        }
        if (approvals.length > 0) {
          /* The oracle knows roles of authors, and nothing of approvals. */
          if (isRefused) books.ledger.spoilt.add(`${collection}/${document.id}`);
          continue;
        }
        await this.#setRole(scope, authorOf(document), { needed: permission(document), isRefused });
      }
    });
  }

  async #setRole(
    scope: StoreScope,
    id: string,
    { needed, isRefused }: { needed: Permission; isRefused: boolean },
  ): Promise<void> {
    const { world, books } = this.parts;
    const stored = (await scope.documents.find('users', [id])).get(id);
    if (stored === undefined) return;
    const user = JSON.parse(stored.json) as User;
    if (may(user.role, needed) !== isRefused) return;
    const former = this.#takenRoles.get(id);
    const role = isRefused ? ROLES.find((candidate) => !may(candidate, needed)) : former;
    if (role === undefined) return;
    if (isRefused) this.#takenRoles.set(id, former ?? user.role);
    books.ledger.hasRole(user.userName, role);
    const edit = world.server.context.ports.ids.newId();
    await writeUser(scope, { ...user, role, ver: user.ver + 1, edit });
  }

  /** Roles that were taken away because a refusal showed it, by user. */
  readonly #takenRoles = new Map<string, Role>();

  #usersSeenNext({ place }: RecordedMessage): readonly TracedDocument[] {
    const next = this.parts.messages.find(
      ({ place: later, sent, heard }) =>
        later > place && sent.collection === 'users' && (heard?.documents?.length ?? 0) > 0,
    );
    return next?.heard?.documents ?? [];
  }
}
