import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../shared/errors/app-error';
import { decodeFile, isGzip } from '../../shared/import/decode-file';
import { type ImportKind, isImportKind } from '../../shared/import/import-kind';
import { type ImportFile, readFiles } from '../../shared/import/read-files';
import type { ImportReading } from '../../shared/import/read-import';
import type { Refusal } from '../../shared/import/refusal';
import { parseMoney } from '../../shared/money/money';
import { applyImport, type ImportResult } from '../import/apply-import';
import { storeError } from '../store/busy-error';
import { placeOf, sqliteFile } from '../store/open-database';
import { errorLines, readingLines, refusalLine, resultLines } from './import-report';
import { withStore } from './with-store';

/*
 * npm run import -- FILE... [--kind K] [--price N] [--store ID] [--dry-run]: products, clients, real sales, a catalogue of
 * barcodes, a CABYS list; .csv or .csv.gz. Ends with 0 where all was taken, 2 where lines were refused, 1 where nothing
 * was imported.
 */
const USAGE = [
  'Uso: npm run import -- ARCHIVO... [--kind products|clients|sales|catalogue|cabys]',
  '       [--products ARCHIVO] [--clients ARCHIVO] [--cabys ARCHIVO]',
  '       [--price PRECIO] [--store ID] [--dry-run]',
  '  --price: precio sin IVA de los productos nuevos de un catálogo, que no trae precios',
  '  --cabys: lista con la que se comprueban los productos',
];
const BUSY_TRIES = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string' },
    products: { type: 'string', multiple: true, default: [] },
    clients: { type: 'string', multiple: true, default: [] },
    cabys: { type: 'string', multiple: true, default: [] },
    price: { type: 'string' },
    store: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const dryRun = values['dry-run'];
const { kind } = values;
const defaultPrice = values.price === undefined ? null : parseMoney(values.price);
const isPriceBad = values.price !== undefined && (defaultPrice === null || defaultPrice <= 0);
const asked: [string, ImportKind | undefined][] = [
  ...positionals.map((file): [string, ImportKind | undefined] => [
    file,
    isImportKind(kind) ? kind : undefined,
  ]),
  ...values.products.map((file): [string, ImportKind] => [file, 'products']),
  ...values.clients.map((file): [string, ImportKind] => [file, 'clients']),
  ...values.cabys.map((file): [string, ImportKind] => [file, 'cabys']),
];
if (asked.length === 0 || isPriceBad || (kind !== undefined && !isImportKind(kind))) {
  stop(isPriceBad ? [`No es un precio: ${values.price}`, ...USAGE] : USAGE);
}

const { readings } = readFiles(asked.map(load), { defaultPrice });
const unreadable = readings.flatMap(({ file, error }) =>
  error === null ? [] : errorLines(file.name, error),
);
if (unreadable.length > 0) stop([...unreadable, 'No se importó nada.']);

const { dataDir, databaseUrl } = placeOf(process.env, 'data');
let refusedLines = 0;
/** The file that is being brought in, for whoever has to repeat it. */
let current = '';
if (dryRun && databaseUrl === undefined && !existsSync(sqliteFile(dataDir))) {
  console.log(`No hay datos en ${dataDir}: solo se leen los archivos.`);
  for (const { file, reading } of readings) {
    if (reading !== null) report(file.name, reading, reading.refused);
  }
} else {
  await withStore(values.store, async (context, { id, profile }) => {
    console.log(`Sucursal: ${profile.name}${dryRun ? ' (prueba: no se guarda nada)' : ''}`);
    for (const { file, reading } of readings) {
      if (reading === null) continue;
      current = file.name;
      if (reading.kind === 'cabys') {
        report(file.name, reading, reading.refused);
        continue;
      }
      const options = { storeId: id, userId: '', fileName: path.basename(file.name), dryRun };
      const result = await whenFree(() => applyImport(context, { ...options, reading }));
      report(file.name, reading, result.refused);
      for (const line of resultLines(reading, result)) console.log(line);
    }
  }).catch((error: unknown) => {
    const { code, message } = storeError(error);
    stop([
      code === 'STORE_BUSY'
        ? `${current}: la base de datos está ocupada. De este archivo no se importó nada; repita la orden.`
        : message,
    ]);
  });
}
if (refusedLines > 0 && process.exitCode === undefined) process.exitCode = 2;

function load([name, as]: [string, ImportKind | undefined]): ImportFile {
  try {
    const bytes = readFileSync(name);
    const { text, encoding } = decodeFile(isGzip(bytes) ? gunzipSync(bytes) : bytes);
    if (encoding === 'windows-1252') {
      console.log(`${name}: no está en UTF-8; se lee como Windows-1252.`);
    }
    return { name, text, kind: as };
  } catch (error) {
    stop([
      ...(error instanceof AppError ? errorLines(name, error) : [`${name}: no se puede leer.`]),
      'No se importó nada.',
    ]);
  }
}

function report(name: string, reading: ImportReading, refused: readonly Refusal[]): void {
  for (const line of readingLines(name, reading)) console.log(line);
  for (const refusal of refused) console.log(refusalLine(refusal));
  refusedLines += refused.length;
}

/** A running server may be writing: the whole file is tried again, since nothing of it was stored. */
async function whenFree(work: () => Promise<ImportResult>): Promise<ImportResult> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= BUSY_TRIES || storeError(error).code !== 'STORE_BUSY') throw error;
      await wait(1000 * tries);
    }
  }
}

function stop(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}
