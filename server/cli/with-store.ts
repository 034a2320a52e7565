import { pino } from 'pino';
import type { ServerContext } from '../context';
import { openContext } from '../open-context';
import { machinePorts } from '../ports';
import { placeOf } from '../store/open-database';
import type { StoredStore } from '../store/port';
import { refuseMoved } from './refuse-moved';

/** Opens the data that the server of this machine uses (DATABASE_URL, else DATA_DIR), for one command, and closes it whatever happens. */
export async function withContext(work: (context: ServerContext) => Promise<void>): Promise<void> {
  const place = placeOf(process.env, 'data');
  refuseMoved(place);
  const context = await openContext({
    ...place,
    clientDir: 'dist/client',
    ports: machinePorts,
    log: pino({ level: 'warn' }),
  });
  try {
    await work(context);
  } finally {
    await context.store.close();
  }
}

/** The store that `--store` names, or the only one. Where that is not clear, says which there are, and exits with 1. */
export function withStore(
  id: string | undefined,
  work: (context: ServerContext, store: StoredStore) => Promise<void>,
): Promise<void> {
  return withContext(async (context) => {
    const stores = await context.store.stores();
    const only = stores.length === 1 ? stores[0] : undefined;
    const store = id === undefined ? only : stores.find((candidate) => candidate.id === id);
    if (store !== undefined) return work(context, store);
    console.error('¿Qué sucursal? --store con uno de:');
    for (const { id: known, profile } of stores) console.error(`  ${known}  ${profile.name}`);
    process.exitCode = 1;
  });
}
