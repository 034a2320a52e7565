import { randomBytes, randomUUID } from 'node:crypto';
import type { AnyStorage } from '../../client/db/storage/desk-storage';
import type { OpenDesk } from '../../client/desk/create-desk';
import type { Locks } from '../../client/desk/locks';
import type { OpenTerminalKey } from '../../client/session/terminal-key';
import { verifyArgon2 } from '../../client/session/verify-password';
import type { waitFor } from '../../client/sync/wait-for';
import type { Clock } from '../../shared/ports/clock';
import { cookieFetch } from './cookie-fetch';
import { softwareKey, terminalKeyOf } from './software-key';

export interface TestTerminal {
  desk: OpenDesk;
  /** Network of this terminal: throws or answers instead of the server while it is set. */
  network: {
    intercept?: ((url: string, init: RequestInit) => Promise<Response | undefined>) | undefined;
    /** Answers that never arrive. */
    isLost?: ((url: string, init: RequestInit) => boolean) | undefined;
  };
  /** Cookies of its browser. */
  readonly jar: Map<string, string>;
  /** Closes and opens the same database again: a reload of the page, perhaps with another program. */
  reload(program?: () => () => void): Promise<void>;
  close(): Promise<void>;
}

/* RxDB's free edition opens 13 collections a copy of the package, and a terminal has 12: each gets a copy of its own. */
interface ClientModules {
  createDesk: typeof import('../../client/desk/create-desk').createDesk;
  memoryLocks: typeof import('../../client/desk/locks').memoryLocks;
  memorySyncLock: typeof import('../../client/sync/sync-lock').memorySyncLock;
  settingsFlowStore: typeof import('../../client/sync/flow-store').settingsFlowStore;
  deskStorage: typeof import('../../client/db/storage/desk-storage').deskStorage;
  memoryNotePages: typeof import('../../client/db/storage/note-pages').memoryNotePages;
  getRxStorageMemory: () => AnyStorage;
  /** Terminals had no keys before version 0.2.0. */
  hasKeys: boolean;
}

function isolatedClient(older?: () => () => void): ClientModules {
  let modules: ClientModules | undefined;
  jest.isolateModules(() => {
    const ended = older?.();
    modules = {
      ...require('../../client/desk/create-desk'),
      ...require('../../client/desk/locks'),
      ...require('../../client/sync/sync-lock'),
      ...require('../../client/sync/flow-store'),
      ...require('../../client/db/storage/desk-storage'),
      ...require('../../client/db/storage/note-pages'),
      ...require('rxdb/plugins/storage-memory'),
      hasKeys: older === undefined,
    };
    ended?.();
  });
  if (modules === undefined) throw new Error('client modules were not loaded');
  return modules;
}

/** A terminal: the real desk with RxDB in memory, against a server's address. `disk` may be slow, or fail. */
export async function openTerminal(options: {
  url: string;
  clock?: Clock;
  disk?: (documents: AnyStorage) => AnyStorage;
  /** What the browser answers when it is asked to keep the data; it promises by default. */
  persist?: () => Promise<boolean | null>;
  /** The key of its profile; by default one that is made for it. Null: its browser can hold none. */
  openKey?: OpenTerminalKey;
  /** Of all tabs of its profile, where a test has others. */
  locks?: Locks;
  /** How its syncs wait for a busy server. */
  wait?: typeof waitFor;
  /** Loads an older program's code until it is reloaded: mocks what differs, and returns what ends that. */
  olderProgram?: () => () => void;
}): Promise<TestTerminal> {
  const client = isolatedClient(options.olderProgram);
  const network: TestTerminal['network'] = {};
  const fetch = cookieFetch(
    async (url, init) => network.intercept?.(url, init),
    (url, init) => network.isLost?.(url, init) === true,
  );
  const notes = client.memoryNotePages();
  const storage = client.deskStorage({
    documents: (options.disk ?? ((memory) => memory))(client.getRxStorageMemory()),
    notes: () => notes,
  });
  const key = terminalKeyOf(softwareKey(randomBytes(32)));
  const databaseName = `t${randomUUID().replaceAll('-', '')}`;
  /* A reload loads the code anew too: nothing that RxDB keeps in memory (the highest time it saw) outlives it. */
  const open = (code: ClientModules): Promise<OpenDesk> =>
    code.createDesk({
      databaseName,
      storage,
      multiInstance: false,
      baseUrl: options.url,
      fetch,
      verifyPassword: verifyArgon2,
      openKey: options.openKey ?? (() => Promise.resolve(code.hasKeys ? key : null)),
      clock: options.clock ?? { now: () => Date.now() },
      ids: { newId: () => randomUUID() },
      digits: (length) => '7'.repeat(length),
      syncLock: code.memorySyncLock(),
      locks: options.locks ?? code.memoryLocks(),
      flows: code.settingsFlowStore,
      ...(options.wait === undefined ? {} : { wait: options.wait }),
      persist: options.persist ?? (() => Promise.resolve(true)),
    });
  const terminal: TestTerminal = {
    desk: await open(client),
    network,
    jar: fetch.jar,
    async reload(program) {
      await terminal.desk.close();
      terminal.desk = await open({ ...isolatedClient(program), hasKeys: true });
    },
    close: () => terminal.desk.close(),
  };
  return terminal;
}

/** Logs in and accepts the three dialogs as they come. */
export async function loginAndSync(
  { desk }: TestTerminal,
  credentials: { userName: string; password: string },
): Promise<void> {
  await desk.session.login(credentials);
  for (let step = 0; step < 3; step++) {
    await settled(desk);
    desk.sync.send({ type: 'accept' });
  }
  await settled(desk);
}

/** Waits until no run is on and the flow has heard of its end. */
export async function settled(desk: OpenDesk): Promise<void> {
  await desk.sync.idle();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await desk.sync.idle();
}

/** Runs the three stages of "Sincronizar Servidor (Todo)". */
export async function syncAll({ desk }: TestTerminal): Promise<void> {
  desk.sync.send({ type: 'askAll' });
  desk.sync.send({ type: 'accept' });
  for (let stage = 0; stage < 3; stage++) {
    desk.sync.send({ type: 'run' });
    await settled(desk);
    desk.sync.send({ type: 'accept' });
  }
  desk.sync.send({ type: 'accept' });
}
