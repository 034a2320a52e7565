import type { TracedRow } from '../../../client/trace/trace-entry';
import type { Approval } from '../../../schemas/invoices';
import { type CollectionName, isCollectionName } from '../../../schemas/registry';
import type { Role, User } from '../../../schemas/users';
import { writeUser } from '../../../server/auth/users';
import type { StoreScope } from '../../../server/store/port';
import { AUTHOR_OF } from '../../../server/sync/permissions';
import { may, type Permission } from '../../../shared/roles';
import type { Doc } from '../oracle/server-view';
import type { WireRequest } from '../world-server';
import { isUnheard, type RecordedMessage } from './recorded-messages';
import type { ReplayParts } from './replay-parts';

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

/** Roles that people have at the replayed server, as what was taken and refused shows. */
export class ReplayedRoles {
  /** Roles that were taken away because a refusal showed it, by user. */
  readonly #taken = new Map<string, Role>();

  constructor(private readonly parts: Omit<ReplayParts, 'ownEdits' | 'bornHere'>) {}

  /**
   * The desk let them write it, and the server did not: the server has another role of them, which nothing else of the
   * trace need show; or it has the old one again.
   */
  async set(message: RecordedMessage, request: WireRequest): Promise<void> {
    const { world, ids, books } = this.parts;
    const { collection } = message.sent;
    if (message.sent.rows === undefined || collection === null) return;
    if (!isCollectionName(collection)) return;
    const { heard } = message;
    const rows = heard?.rows ?? (isUnheard(message) ? this.#acceptedUnheard(message) : []);
    const results = new Map(rows.map(({ id, code }) => [ids.of(id), code]));
    const pushed = JSON.parse(request.body ?? '{"rows":[]}') as {
      rows: { newDocumentState: Doc }[];
    };
    const permission = NEEDED[collection];
    const authorOf = AUTHOR_OF[collection] as (document: unknown) => string;
    if (permission === null) return;
    await world.server.context.store.transaction(world.storeId, async (scope) => {
      for (const { newDocumentState: document } of pushed.rows) {
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

  /** Rows whose answer was not heard, and whose edit a later page shows. */
  #acceptedUnheard({ place, sent }: RecordedMessage): TracedRow[] {
    const later = this.parts.messages.filter((message) => message.place > place);
    const shown = later.flatMap(({ heard }) => heard?.documents ?? []);
    const edits = new Set(shown.map(({ edit }) => edit));
    return (sent.rows ?? [])
      .filter(({ edit }) => edits.has(edit))
      .map(({ id, ver }) => ({ id, ver, result: 'accepted' }));
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
    const former = this.#taken.get(id);
    const role = isRefused ? ROLES.find((candidate) => !may(candidate, needed)) : former;
    if (role === undefined) return;
    if (isRefused) this.#taken.set(id, former ?? user.role);
    books.ledger.hasRole(user.userName, role);
    const edit = world.server.context.ports.ids.newId();
    await writeUser(scope, { ...user, role, ver: user.ver + 1, edit });
  }
}
