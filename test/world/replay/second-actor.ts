import type { TracedCut, TracedDocument } from '../../../client/trace/trace-entry';
import { upgradeDocument } from '../../../schemas/migrations/upgrade-document';
import { COLLECTIONS, type CollectionName, isCollectionName } from '../../../schemas/registry';
import { beginEpoch } from '../../../server/begin-epoch';
import { TERMINAL_COOKIE } from '../../../server/http/cookies';
import type { StoreScope } from '../../../server/store/port';
import { addSerial } from '../../../shared/stock/serial-ranges';
import { AT_SERVER } from '../oracle/ledger';
import type { Doc } from '../oracle/server-view';
import { passwordOf } from '../seed-store';
import type { WireRequest } from '../world-server';
import { archiveAsRecorded, isTakenBy } from './archive-as-recorded';
import { PastServers } from './past-servers';
import { RECORDED, type RecordedMessage } from './recorded-messages';
import type { ReplayParts } from './replay-parts';
import { ReplayedRoles } from './replayed-roles';
import { approvalKeyOf } from './sealed';

/** Without fields of a newer schema, of which the ledger of this one knows nothing. */
const known = (collection: CollectionName, document: Doc): Doc =>
  Object.fromEntries(
    Object.entries(document).filter(
      ([field]) => field in COLLECTIONS[collection].schema.properties,
    ),
  ) as Doc;

/** Everybody but the recorded terminal: whatever its answers show that it did not do itself is done here, just before. */
export class SecondActor {
  readonly #past: PastServers;
  readonly #roles: ReplayedRoles;

  constructor(
    private readonly parts: ReplayParts & {
      /** When the trace began, ms since 1970. */
      begin: number;
      terminalId: () => string | null;
      /** The recorded terminal's browser forgets one. */
      losesCookie: (name: string) => void;
    },
  ) {
    this.#past = new PastServers(parts);
    this.#roles = new ReplayedRoles(parts);
  }

  /** Makes the server as the recorded answer shows that it was. */
  async prepare(message: RecordedMessage, request: WireRequest): Promise<void> {
    const { world } = this.parts;
    const { heard, sent } = message;
    await world.server.byHand(async () => {
      await this.#past.keep(message);
      if (heard === null) return await this.#roles.set(message, request);
      if (this.#past.isTold(message)) await this.#newEpoch(message, request);
      const { store } = world.server.context;
      const { auth } = store.scope(world.storeId);
      const terminalId = this.parts.terminalId();
      if (heard.code === 'SESSION_EXPIRED') await auth.removeExpiredSessions('9999');
      if (heard.code === 'TERMINAL_REVOKED' && terminalId !== null) {
        await auth.revokeTerminal(terminalId, new Date(world.scheduler.now).toISOString());
      }
      if (heard.code === 'CREDENTIAL_LOST') this.#loseCredential(request);
      if (heard.rows?.some(({ code }) => code === 'ROLE_NOT_ALLOWED') === true) {
        await this.#put('users', this.#usersSeenNext(message));
      }
      await this.#roles.set(message, request);
      if (sent.collection !== null && isCollectionName(sent.collection)) {
        for (const document of heard.documents ?? []) this.#noteCopy(document);
        await this.#put(sent.collection, heard.documents ?? []);
      }
      if (heard.cut !== undefined) await this.archive(heard.cut);
    });
  }

  /** Puts there what the server had before the trace began, and what follows from it for stock. */
  async put(collection: CollectionName, documents: readonly TracedDocument[]): Promise<void> {
    await this.#put(collection, documents, true);
  }

  /** Takes away from the terminals what the store had archived by then, which may be asked for later one by one. */
  async archive(cut: TracedCut): Promise<void> {
    const { messages, ids } = this.parts;
    const asked = messages.filter(({ key }) => key === 'GET /api/sync/invoices/documents');
    const shown = asked.flatMap(({ heard }) => heard?.documents ?? []);
    await this.#put('invoices', shown.filter(isTakenBy(cut)));
    await archiveAsRecorded(this.parts, ids.in(cut));
  }

  /** Of this terminal's name, issued since the trace began, and not made here: its profile was copied. */
  #noteCopy({ id, terminalId, issuedAt }: TracedDocument): void {
    const { bornHere, books, ids, begin } = this.parts;
    const isOwn = ids.of(String(terminalId)) === this.parts.terminalId();
    if (!isOwn || bornHere.has(String(id)) || !(Date.parse(String(issuedAt)) >= begin)) return;
    books.ledger.copy('copy', RECORDED);
  }

  async #put(
    collection: CollectionName,
    documents: readonly TracedDocument[],
    isBase = false,
  ): Promise<void> {
    const { world, ids, ownEdits, bornHere } = this.parts;
    if (documents.length === 0) return;
    await world.server.context.store.transaction(world.storeId, async (scope) => {
      for (const recorded of documents) {
        const document = upgradeDocument(collection, ids.in(recorded)) as Doc;
        const { id } = document;
        const ver = Number(document['ver']);
        const stored = (await scope.documents.find(collection, [id])).get(id);
        if (stored !== undefined && stored.ver >= ver) continue;
        /* It is born by its own push only; flags that others caused come afterwards. */
        const isUnborn = stored === undefined && ver > 1 && bornHere.has(String(recorded['id']));
        if (!isBase && (ownEdits.has(String(recorded['edit'])) || isUnborn)) continue;
        const before = stored === undefined ? null : (JSON.parse(stored.json) as Doc);
        await this.#write(scope, { collection, before, document });
      }
    });
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
    const password = passwordOf(String(document['userName']));
    const { terminals, ...user } = document;
    /* Before it enrols nobody knows which terminal of the list it will be. */
    const isListed = terminals !== undefined && this.parts.terminalId() !== null;
    return {
      ...user,
      ...(isListed ? { terminals } : {}),
      offlineVerifier: `$plain$${password}`,
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
    const terminalId = this.parts.terminalId();
    if (terminalId !== null && document['terminalId'] === terminalId) {
      /* A copy of the profile counts on under the same name. */
      const serials = addSerial(await scope.ledger.serials(terminalId), Number(document['serial']));
      await scope.ledger.setSerials(terminalId, serials);
    }
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
  async #newEpoch(message: RecordedMessage, request: WireRequest): Promise<void> {
    const { world, books } = this.parts;
    const { store } = world.server.context;
    const stored = await store.store(world.storeId);
    if (stored === null) return;
    if (message.heard?.code === 'EPOCH_CHANGED') {
      /* The recorded terminal had read something of this collection that the replayed one, which names no life, has not. */
      request.path = request.path.replace('epoch=&seq=0', `epoch=${stored.epoch}&seq=1`);
      if (!`${request.path} ${request.body ?? ''}`.includes(stored.epoch)) return;
    }
    books.ledger.restore();
    for (const { collection, document } of await this.#past.putBack(message)) {
      /* Others had changed it before, and nobody here had read that. */
      if (isCollectionName(collection)) await this.#put(collection, [document]);
    }
    await beginEpoch(world.server.context, { storeId: world.storeId, actor: 'replay' });
  }

  #usersSeenNext({ place }: RecordedMessage): readonly TracedDocument[] {
    const next = this.parts.messages.find(
      ({ place: later, sent, heard }) =>
        later > place && sent.collection === 'users' && (heard?.documents?.length ?? 0) > 0,
    );
    return next?.heard?.documents ?? [];
  }
}
