import { browserStorage } from '../db/storage/browser-storage';
import { createDesk, type OpenDesk } from '../desk/create-desk';
import { webLocks } from '../desk/locks';
import { workerReader } from '../import/worker-reader';
import { startReports } from '../report/start-reports';
import { verifyArgon2 } from '../session/verify-password';
import { webTerminalKey } from '../session/web-terminal-key';
import { sessionFlowStore } from '../sync/flow-store';
import { webSyncLock } from '../sync/sync-lock';
import { indexedTraceStore } from '../trace/indexed-trace-store';
import { browserClock, browserDigits, browserIds } from './browser-ports';

/** How often the status bar asks whether the server is there, while somebody looks. */
const PING_MS = 30_000;

/** Asks the browser to keep our data when space is short. Null where it cannot be asked (plain http). */
async function persist(): Promise<boolean | null> {
  const { storage } = navigator;
  if (typeof storage?.persist !== 'function') return null;
  return (await storage.persisted()) || (await storage.persist());
}

/** The worker that reads files: a script of our own, as the page's policy demands. */
const startReader = (): Worker =>
  new Worker(new URL('../import/reader-worker.ts', import.meta.url), { type: 'module' });

/** The desk of this browser tab: Dexie storage, Web Locks, same-origin HTTP. Another storage is for measuring. */
export async function composeDesk(storage = browserStorage()): Promise<OpenDesk> {
  const desk = await createDesk({
    databaseName: 'mostrador',
    storage,
    multiInstance: true,
    baseUrl: '',
    fetch: (input, init) => fetch(input, init),
    verifyPassword: verifyArgon2,
    openKey: webTerminalKey('mostrador-key'),
    clock: browserClock,
    ids: browserIds,
    digits: browserDigits,
    syncLock: webSyncLock(navigator.locks, 'mostrador-sync'),
    locks: webLocks(navigator.locks),
    flows: () => sessionFlowStore(sessionStorage),
    persist,
    importReader: workerReader(startReader),
    traceStore: indexedTraceStore(indexedDB, 'mostrador-trace'),
  });
  startReports(desk, {
    fetch: (input, init) => fetch(input, init),
    baseUrl: '',
    clock: browserClock,
  });
  const ask = (): void => {
    if (document.visibilityState === 'visible') void desk.status.checkConnection();
  };
  ask();
  setInterval(ask, PING_MS);
  window.addEventListener('online', ask);
  window.addEventListener('offline', ask);
  document.addEventListener('visibilitychange', ask);
  return desk;
}
