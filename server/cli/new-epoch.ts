import { parseArgs } from 'node:util';
import { beginEpoch } from '../begin-epoch';
import { withStore } from './with-store';

/*
 * node --import tsx server/cli/new-epoch.ts [--store ID]: after a backup was restored. Terminals then compare all that
 * they have with the server, and send again what it lacks (F12).
 */
const { values } = parseArgs({ options: { store: { type: 'string' } } });

await withStore(values.store, async (context, { id, profile }) => {
  const epoch = await beginEpoch(context, { storeId: id, actor: 'cli' });
  console.log(`${profile.name}: nueva época ${epoch}`);
});
