/** Mutual exclusion by name; `task` runs alone among all tabs of the terminal. */
export interface Locks {
  run<T>(name: string, task: () => Promise<T>): Promise<T>;
}

/** Browser: Web Locks, shared by all tabs and released by the browser when one goes away. */
export const webLocks = (manager: LockManager): Locks => ({
  run: async <T>(name: string, task: () => Promise<T>): Promise<T> =>
    (await manager.request(name, task)) as T,
});

/** One process: tests, and terminals outside of a browser. */
export function memoryLocks(): Locks {
  const queues = new Map<string, Promise<unknown>>();
  return {
    run(name, task) {
      const turn = (queues.get(name) ?? Promise.resolve()).then(task, task);
      queues.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}
