import { parseArgs } from 'node:util';
import { withStore } from './with-store';

/* node --import tsx server/cli/kept-aside.ts [--store ID]: what revoked terminals sent (F22), one JSON object a line. */
const { values } = parseArgs({ options: { store: { type: 'string' } } });

await withStore(values.store, async ({ store }, { id }) => {
  for (const entry of await store.scope(id).journal.keptAside()) {
    process.stdout.write(`${JSON.stringify(entry)}\n`);
  }
});
