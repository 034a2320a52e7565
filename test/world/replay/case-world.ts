import type { Case } from '../../../client/trace/case-schema';
import type { TracedCut, TracedDocument } from '../../../client/trace/trace-entry';
import { COLLECTION_NAMES } from '../../../schemas/registry';
import { passwordOf } from '../seed-store';
import { WORLD_START, World, type WorldSpec } from '../world';
import type { WorldTerminal } from '../world-terminal';
import { isTakenBy } from './archive-as-recorded';
import type { IdMap } from './id-map';
import { RECORDED, type RecordedMessage } from './recorded-messages';
import type { ReplayParts } from './replay-parts';
import { sealed, userNames } from './sealed';
import { SecondActor } from './second-actor';

/** Time before the trace begins in which the world is made ready, ms. */
const READY_MS = 10 * 60_000;

const EMPTY: WorldSpec = {
  seed: 1,
  products: [],
  clients: [],
  catalogue: 0,
  users: [],
  terminals: [],
  limits: {},
};

export interface CaseWorld {
  world: World;
  terminal: WorldTerminal;
  actor: SecondActor;
  /** Id of the terminal at the server; null while it is not enrolled. */
  terminalId: () => string | null;
  /** Looks it up again: it has just been enrolled. */
  learnTerminal: () => Promise<void>;
}

/** The server and the terminal as they were when the trace began. */
export async function caseWorld(file: Case, parts: Omit<ReplayParts, 'world'>): Promise<CaseWorld> {
  const { books, ids } = parts;
  const { base, entries } = file;
  const begin = entries[0]?.at ?? WORLD_START;
  const world = await World.create({ ...EMPTY, start: begin - READY_MS }, [books]);
  books.world = world;
  try {
    await addStore(world, base);
    let terminalId: string | null = null;
    const learnTerminal = async (): Promise<void> => {
      const { auth } = world.server.context.store.scope(world.storeId);
      const enrolled = (await auth.terminals()).find(({ name }) => name === RECORDED);
      terminalId = enrolled?.id ?? null;
      if (terminalId !== null) ids.set(base.terminal.id, terminalId);
    };
    const actor = new SecondActor({
      ...parts,
      world,
      begin,
      terminalId: () => terminalId,
      losesCookie: (name) => world.terminal(RECORDED).disk.cookies.delete(name),
    });
    const at = { name: RECORDED, skewMs: 0 };
    const terminal = base.isEnrolled ? await world.install(at) : await world.place(at);
    terminal.typesPassword = false;
    await learnTerminal();
    for (const collection of COLLECTION_NAMES) {
      await actor.put(collection, atServer(base.documents[collection] ?? []));
    }
    await actor.put('users', firstUsers(parts.messages));
    await takeNumbers(world, { base, terminalId });
    const cut = cutOfBefore(file, parts.messages);
    if (cut !== null) await actor.archive(cut);
    if (base.isEnrolled) await logIn({ world, terminal, file, ids });
    await world.scheduler.pass(Math.max(0, begin - world.scheduler.now));
    return { world, terminal, actor, terminalId: () => terminalId, learnTerminal };
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** The recorded store beside the one that every world has; the number before the recorded terminal's is taken there. */
async function addStore(world: World, { store: profile, terminal }: Case['base']): Promise<void> {
  const { store, ports } = world.server.context;
  await store.addStore({ id: profile.id, epoch: ports.ids.newId(), profile, demo: true });
  world.storeId = profile.id;
  if (terminal.number === 1) return;
  await store.transaction(profile.id, async ({ auth }) => {
    const at = new Date(world.scheduler.now).toISOString();
    await auth.addTerminal({
      id: ports.ids.newId(),
      storeId: profile.id,
      number: terminal.number - 1,
      name: 'before',
      credentialHash: '',
      enrolledAt: at,
      lastSeenAt: at,
      revokedAt: at,
      publicKey: '',
      nonce: '',
      copiedAt: '',
      signedFrom: 0,
    });
  });
}

/**
 * A cut that the terminal may have followed before the trace began: the first page of invoices has it, and the terminal had
 * nothing any more of what it names.
 */
function cutOfBefore({ base }: Case, messages: readonly RecordedMessage[]): TracedCut | null {
  const first = messages.find(
    ({ sent, heard }) =>
      sent.collection === 'invoices' && sent.seq !== undefined && heard?.code === '',
  );
  const cut = first?.heard?.cut;
  if (cut === undefined) return null;
  return (base.documents['invoices'] ?? []).some(isTakenBy(cut)) ? null : cut;
}

/** What the server had: of an edit that was not sent yet, the version that it was made over. */
const atServer = (documents: readonly TracedDocument[]): TracedDocument[] =>
  documents
    .filter(({ ver }) => Number(ver) > 0)
    .map((document) =>
      document['pending'] === 1
        ? { ...document, pending: 0, edit: `before-${String(document['edit']).slice(0, 20)}` }
        : document,
    );

/** A profile that begins empty learns of its users from the server, which had them before. */
function firstUsers(messages: readonly RecordedMessage[]): readonly TracedDocument[] {
  const pull = messages.find(
    ({ sent, heard }) => sent.collection === 'users' && heard?.documents !== undefined,
  );
  return pull?.sent.seq === 0 ? (pull.heard?.documents ?? []) : [];
}

/** Consecutives and serials that were taken before the trace began; everybody has logged in here once. */
async function takeNumbers(
  world: World,
  { base, terminalId }: { base: Case['base']; terminalId: string | null },
): Promise<void> {
  const at = new Date(world.scheduler.now).toISOString();
  await world.server.context.store.transaction(world.storeId, async ({ auth, ledger }) => {
    for (const { id, consecutive } of base.documents['invoices'] ?? []) {
      await ledger.addConsecutive(String(consecutive), String(id));
    }
    if (terminalId === null) return;
    const own = [...(base.documents['invoices'] ?? []), ...(base.documents['movements'] ?? [])]
      .filter((document) => document['terminalId'] === base.terminal.id)
      .filter(({ ver }) => Number(ver) > 0)
      .map(({ serial }) => Number(serial));
    if (own.length > 0) await ledger.setSerials(terminalId, [1, Math.max(...own)]);
    for (const { id } of base.documents['users'] ?? []) {
      await auth.addLogin(terminalId, String(id), at);
    }
  });
}

async function logIn(of: {
  world: World;
  terminal: WorldTerminal;
  file: Case;
  ids: IdMap;
}): Promise<void> {
  const { world, terminal, file, ids } = of;
  const { base } = file;
  const names = userNames(file);
  const users = base.documents['users'] ?? [];
  const anybody = users.find((user) => user['active'] === true)?.['userName'];
  const userName = base.userName ?? (anybody === undefined ? null : String(anybody));
  if (userName === null) return;
  await world.mustDo(terminal, { op: 'login', userName, password: passwordOf(userName) });
  await world.mustDo(terminal, { op: 'sync', unit: 'all' });
  for (const collection of COLLECTION_NAMES) {
    for (const document of base.documents[collection] ?? []) {
      if (document['pending'] !== 1 && document['ver'] !== 0) continue;
      const { secret } = terminal.disk;
      const own = sealed(collection, ids.in(document), { names, secret });
      await world.mustDo(terminal, { op: 'put', collection, document: own });
    }
  }
  for (const collection of ['conflicts', 'rejected'] as const) {
    for (const record of base[collection]) {
      await world.mustDo(terminal, { op: 'put', collection, document: ids.in(record) });
    }
  }
  if (base.userName === null) await world.mustDo(terminal, { op: 'logout' });
}
