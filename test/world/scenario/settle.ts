import { same } from '../oracle/same';
import { ServerView } from '../oracle/server-view';
import type { World } from '../world';
import type { Asked, WorldTerminal } from '../world-terminal';
import type { Bookkeeper } from './bookkeeper';
import type { Names } from './names';
import { toOperation } from './to-operation';

/** Virtual time within which a sync must end once the network is well. */
const LIVENESS_MS = 60_000;

/** After which refused logins no longer keep a user from logging in. */
const LOGIN_WINDOW_MS = 5 * 60_000;

/** Times that each terminal may sync: once to send, once to receive what the others sent after it. */
const ROUNDS = 2;

export interface Settling {
  world: World;
  books: Bookkeeper;
  names: Names;
  terminals: () => readonly WorldTerminal[];
}

/** The network is well, everybody is there again, and syncs until all have everything. */
export async function settle(settling: Settling): Promise<void> {
  const { world, books, terminals } = settling;
  world.trace.add('world', 'heals');
  world.server.disarm();
  for (const terminal of world.terminals.values()) {
    terminal.line.heal();
    terminal.disarm();
    terminal.disk.full = false;
    terminal.protocol = null;
  }
  await world.server.start();
  for (const terminal of world.terminals.values()) await terminal.start();
  const begun = world.scheduler.now;
  /*
   * What a reload took up counts too, and what is late on a line: either would change the server beside the syncs that
   * follow, and who had everything would not have it any more.
   */
  const busy = () =>
    [...world.terminals.values()].some(
      ({ isBusy, isSyncing, line }) => isBusy || isSyncing || line.underWay > 0,
    );
  if (!(await world.scheduler.run(() => !busy(), world.scheduler.now + LIVENESS_MS))) {
    const message = 'an operation did not end within a minute of a network that is well';
    books.note([{ invariant: 'liveness', where: 'world', message }]);
  }
  books.ended(world.scheduler.now - begun);
  /* Whoever has synced since the server last changed has everything: that is what is to be shown. */
  const upTo = new Map<WorldTerminal, string>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const terminal of terminals()) {
      if (upTo.get(terminal) === serverState(world)) continue;
      await syncAll(settling, terminal);
      upTo.set(terminal, serverState(world));
    }
  }
  await books.checkNow();
}

async function syncAll({ world, books, names }: Settling, terminal: WorldTerminal): Promise<void> {
  const login = toOperation({ do: 'login', terminal: terminal.name }, names);
  const all = { op: 'sync', unit: 'all' } as const;
  const isNeeded = !(await isSignedInWithUsers(world, terminal));
  for (const operation of login !== null && isNeeded ? [login, all] : [all]) {
    let begun = world.scheduler.now;
    let outcome = await world.do(terminal, operation, LIVENESS_MS);
    if (isHeldOff(outcome)) {
      /* Ten logins were refused, since its user was not active: that is no matter of the network. */
      await world.scheduler.pass(LOGIN_WINDOW_MS);
      begun = world.scheduler.now;
      outcome = await world.do(terminal, operation, LIVENESS_MS);
    }
    books.ended(world.scheduler.now - begun);
    const runs = outcome !== null && outcome !== 'crashed' && outcome.ok ? outcome.runs : [];
    const failed = runs.filter(({ status }) => status !== 'done');
    if (runs.length === 3 && failed.length === 0) continue;
    const message = `${operation.op} did not go through within a minute of a network that is well`;
    books.note([{ invariant: 'liveness', where: terminal.name, message, actual: outcome }]);
  }
}

const isHeldOff = (outcome: Asked['outcome']): boolean =>
  outcome !== null && outcome !== 'crashed' && !outcome.ok && outcome.code === 'TOO_MANY_REQUESTS';

function serverState(world: World): string {
  const view = new ServerView(world.server.file);
  try {
    return view.states();
  } finally {
    view.close();
  }
}

/** Users come at a login only; one that is not needed costs time, of which random histories have little. */
async function isSignedInWithUsers(world: World, terminal: WorldTerminal): Promise<boolean> {
  const state = await terminal.state();
  if (state?.session !== 'signedIn') return false;
  const view = new ServerView(world.server.file);
  const users = view.documents('users');
  view.close();
  const held = new Map(state.documents['users']?.map((user) => [String(user['id']), user]));
  return [...users.values()].every((user) => same(user, held.get(user.id)));
}
