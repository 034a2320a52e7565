import { writeAudit } from './audit/write-audit';
import type { ServerPorts } from './ports';
import type { Store } from './store/port';

/** Begins a new life of a store's data, to be called after a restore: without it, terminals believe that all is sent. */
export async function beginEpoch(
  { store, ports }: { store: Store; ports: ServerPorts },
  { storeId, actor }: { storeId: string; actor: string },
): Promise<string> {
  const epoch = ports.ids.newId();
  await store.setEpoch(storeId, epoch);
  const details = { epoch };
  await writeAudit(store.scope(storeId), ports, { actor, action: 'epochBegun', details });
  return epoch;
}
