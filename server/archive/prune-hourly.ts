import type { ServerContext } from '../context';
import { forgetEdits } from './forget-edits';
import { pruneStore } from './prune-store';

const HOUR_MS = 3_600_000;
/** Old edits are looked for once a day: that goes through all of them. */
const EDITS_EVERY = 24;

/** Prunes every store, one after the other; what fails for one is logged, and tried again the next time. `edits`: these too. */
export async function pruneAll(
  { store, ports, log }: Pick<ServerContext, 'store' | 'ports' | 'log'>,
  { isStopping = () => false, edits = false }: { isStopping?: () => boolean; edits?: boolean } = {},
): Promise<void> {
  for (const { id } of await store.stores()) {
    if (isStopping()) return;
    try {
      const pruned = await pruneStore({ store, clock: ports.clock }, id, { isStopping });
      if (pruned.cuts > 0) log.info({ storeId: id, ...pruned }, 'invoices archived');
      const forgotten = edits ? await forgetEdits(store, id, isStopping) : 0;
      if (forgotten > 0) log.info({ storeId: id, forgotten }, 'old edits forgotten');
    } catch (error) {
      log.warn({ err: error, storeId: id }, 'not pruned');
    }
  }
}

/** Prunes now, and every hour. The function that it returns ends that, once the cut that is being made is made. */
export function pruneHourly(context: ServerContext): () => Promise<void> {
  let isStopping = false;
  let work = Promise.resolve();
  let hours = 0;
  const begin = (): void => {
    hours += 1;
    const edits = hours % EDITS_EVERY === 2;
    work = work
      .then(() => pruneAll(context, { isStopping: () => isStopping, edits }))
      .catch((error: unknown) => context.log.warn({ err: error }, 'not pruned'));
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
