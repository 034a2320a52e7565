/** One sync at a time on this terminal, whatever the number of tabs (F14). */
export interface SyncLock {
  /** Takes the lock if it is free, and returns its release; null when another tab holds it. */
  tryAcquire(): Promise<(() => void) | null>;
}

/** Browser: a Web Lock, which the browser itself releases when the tab goes away. */
export function webSyncLock(locks: LockManager, name: string): SyncLock {
  return {
    tryAcquire: () =>
      new Promise((resolve, reject) => {
        locks
          .request(name, { ifAvailable: true }, (lock) => {
            if (lock === null) {
              resolve(null);
              return undefined;
            }
            return new Promise<void>((release) => resolve(release));
          })
          .catch(reject);
      }),
  };
}

/** One process: tests, and terminals outside of a browser. */
export function memorySyncLock(): SyncLock {
  let held = false;
  return {
    tryAcquire: () => {
      if (held) return Promise.resolve(null);
      held = true;
      return Promise.resolve(() => {
        held = false;
      });
    },
  };
}
