import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parseProducts } from '../../shared/import/parse-products';
import { importProducts } from '../import-products';
import { withStore } from './with-store';

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
  await withStore(values.store, async (context, { id }) => {
    const counts = await importProducts(context, id, accepted);
    console.log(
      `${counts.created} creados, ${counts.edited} cambiados, ${counts.unchanged} iguales`,
    );
  });
}
