import { parseArgs } from 'node:util';
import { writeAudit } from '../audit/write-audit';
import { withStore } from './with-store';

/*
 * npm run kept-aside -- [--store ID] [--remove ID]: what revoked terminals sent (F22), one JSON object a line. There is
 * room for 256: `--remove` takes one away that is no longer needed, and says so in the log. Ends with 1 where there is none.
 */
const { values } = parseArgs({
  options: { store: { type: 'string' }, remove: { type: 'string' } },
});

await withStore(values.store, async ({ store, ports }, { id: storeId }) => {
  const { remove } = values;
  if (remove === undefined) {
    for (const entry of await store.scope(storeId).journal.keptAside()) {
      process.stdout.write(`${JSON.stringify(entry)}\n`);
    }
    return;
  }
  const isRemoved = await store.transaction(storeId, async (scope) => {
    if (!(await scope.journal.removeKeptAside(remove))) return false;
    const details = { id: remove };
    await writeAudit(scope, ports, { actor: 'cli', action: 'keptAsideRemoved', details });
    return true;
  });
  if (isRemoved) return;
  console.error(`No hay nada guardado aparte con el id ${remove}.`);
  process.exitCode = 1;
});
