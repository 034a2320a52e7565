import type { ServerContext } from '../context';
import { pruneStore } from './prune-store';

const HOUR_MS = 3_600_000;

/** Prunes every store, one after the other; what fails for one is logged, and tried again the next time. */
export async function pruneAll(
  { store, ports, log }: Pick<ServerContext, 'store' | 'ports' | 'log'>,
  isStopping: () => boolean = () => false,
): Promise<void> {
  for (const { id } of await store.stores()) {
    if (isStopping()) return;
    try {
      const pruned = await pruneStore({ store, clock: ports.clock }, id, { isStopping });
      if (pruned.cuts > 0) log.info({ storeId: id, ...pruned }, 'invoices archived');
    } catch (error) {
      log.warn({ err: error, storeId: id }, 'invoices not archived');
    }
  }
}

/** Prunes now, and every hour. The function that it returns ends that, once the cut that is being made is made. */
export function pruneHourly(context: ServerContext): () => Promise<void> {
  let isStopping = false;
  let work = Promise.resolve();
  const begin = (): void => {
    work = work
      .then(() => pruneAll(context, () => isStopping))
      .catch((error: unknown) => context.log.warn({ err: error }, 'invoices not archived'));
  };
  begin();
  const timer = setInterval(begin, HOUR_MS);
  timer.unref();
  return () => {
    isStopping = true;
    clearInterval(timer);
    return work;
  };
}
