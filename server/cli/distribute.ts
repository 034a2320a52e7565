import { parseArgs } from 'node:util';
import { migrate } from '../store/migrate';
import { openDatabase, placeOf } from '../store/open-database';
import {
  distribute,
  ENGINES,
  type Engine,
  statementsOf,
  turnsTables,
} from '../store/postgres/distribution';
import { dataProblem } from './data-problem';

/*
 * DATABASE_URL=postgres://... npm run distribute -- --engine partitions|citus|yugabyte|cockroach [--parts N] [--print]: spreads
 * the tables by store. On an empty database it makes the tables first. The servers must be stopped.
 */
const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    parts: { type: 'string', default: '8' },
    print: { type: 'boolean', default: false },
  },
});
const { databaseUrl, dataDir } = placeOf(process.env, 'data');
const engine = ENGINES.find((name) => name === values.engine);
const parts = /^\d{1,2}$/.test(values.parts) ? Number(values.parts) : 0;
if (databaseUrl === undefined || engine === undefined || parts < 2 || parts > 64) {
  console.error(
    `Uso: DATABASE_URL=postgres://... npm run distribute -- --engine ${ENGINES.join('|')} [--parts 2..64] [--print]`,
  );
  process.exit(1);
}
const db = openDatabase({ dataDir, databaseUrl }, () => undefined);
try {
  await migrate(db);
  await (values.print ? print(engine) : spread(engine));
} catch (error) {
  console.error(dataProblem(error));
  process.exitCode = 1;
} finally {
  await db.destroy();
}

async function print(chosen: Engine): Promise<void> {
  for (const statement of await statementsOf(db, chosen, parts)) console.log(`${statement};`);
}

async function spread(chosen: Engine): Promise<void> {
  const turned = await distribute(db, { engine: chosen, parts });
  if (!turnsTables(chosen)) {
    console.log('Dicho a la base de datos. Vale para las conexiones que se abran desde ahora.');
  } else if (chosen === 'citus') {
    console.log('Las tablas quedan repartidas por sucursal.');
  } else if (turned.length === 0) {
    console.log('Las tablas ya estaban en partes. No se cambió nada.');
  } else {
    const rows = turned.reduce((sum, table) => sum + table.rows, 0);
    console.log(
      `${turned.length} tablas quedan en ${parts} partes por sucursal, con sus ${rows} filas.`,
    );
  }
}
