import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { parseProducts } from '../../shared/import/parse-products';
import { importProducts } from '../import-products';
import { openContext } from '../open-context';
import { machinePorts } from '../ports';

/* npm run import -- --products FILE.csv[.gz] [--store ID] [--dry-run]: says line by line what it refused, and why. */
const { values } = parseArgs({
  options: {
    products: { type: 'string' },
    store: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});
if (values.products === undefined) {
  console.error('Uso: npm run import -- --products ARCHIVO.csv [--store ID] [--dry-run]');
  process.exit(1);
}
const bytes = readFileSync(values.products);
const text = (values.products.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
const { accepted, refused } = parseProducts(text);
for (const { line, field, code, value } of refused) {
  console.log(`línea ${line}: ${code} (${field} = ${JSON.stringify(value)})`);
}
console.log(`${accepted.length} aceptadas, ${refused.length} rechazadas`);

if (!values['dry-run']) {
  const context = await openContext({
    dataDir: path.resolve(process.env['DATA_DIR'] ?? 'data'),
    clientDir: 'dist/client',
    ports: machinePorts,
    log: pino({ level: 'warn' }),
  });
  const stores = await context.store.stores();
  const store =
    values.store === undefined && stores.length === 1
      ? stores[0]
      : stores.find(({ id }) => id === values.store);
  if (store === undefined) {
    console.error('¿Qué sucursal? --store con uno de:');
    for (const { id, profile } of stores) console.error(`  ${id}  ${profile.name}`);
    process.exitCode = 1;
  } else {
    const counts = await importProducts(context, store.id, accepted);
    console.log(
      `${counts.created} creados, ${counts.edited} cambiados, ${counts.unchanged} iguales`,
    );
  }
  await context.store.close();
}
