import path from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { makeCode } from '../auth/enrolment';
import { openContext } from '../open-context';
import { machinePorts } from '../ports';

/* npm run enrol -- [--store ID]: a one-time code for one more terminal. */
const { values } = parseArgs({ options: { store: { type: 'string' } } });
const context = await openContext({
  dataDir: path.resolve(process.env['DATA_DIR'] ?? 'data'),
  clientDir: 'dist/client',
  ports: machinePorts,
  log: pino({ level: 'warn' }),
});
const stores = await context.store.stores();
const store = values.store === undefined ? stores[0] : stores.find(({ id }) => id === values.store);
if (store === undefined || (values.store === undefined && stores.length > 1)) {
  console.error('¿Qué sucursal? --store con uno de:');
  for (const { id, profile } of stores) console.error(`  ${id}  ${profile.name}`);
  process.exitCode = 1;
} else {
  const { code, expiresAt } = await makeCode(context, { storeId: store.id, actor: 'cli' });
  console.log(`${code}  (${store.profile.name}; una sola vez, hasta ${expiresAt})`);
}
await context.store.close();
