import { existsSync } from 'node:fs';
import { examine } from '../store/doctor/examine';
import type { Check } from '../store/doctor/finding';
import { placeOf, sqliteFile } from '../store/open-database';
import { dataProblem } from './data-problem';

/*
 * npm run doctor: looks whether the stored data are whole, in either database, while servers go on working. Changes
 * nothing. Ends with 0 where all is well, 1 where something is wrong, 2 where it could not look.
 */
const WORDS: Readonly<Record<Check, string>> = {
  ROW: 'El documento no es lo que dice su fila',
  COUNTER: 'El contador de la colección no es el de sus documentos',
  ARCHIVED: 'La factura está archivada y el corte no la nombra, o al revés',
  EDIT: 'La última edición del documento no está anotada',
  MOVE: 'El movimiento de existencias no es el del documento',
  STOCK: 'La existencia no es la suma de sus movimientos',
  SERIALS: 'Los documentos contados de la terminal no son los que hay',
  CONSECUTIVE: 'El consecutivo no está anotado, o está repetido sin aviso',
  STORE: 'Datos de una sucursal que no existe',
};
/** Findings that are told in full; the number is always exact. */
const TOLD = 100;

const place = placeOf(process.env, 'data');
if (place.databaseUrl === undefined && !existsSync(sqliteFile(place.dataDir))) {
  console.error(`No hay datos en ${place.dataDir}.`);
  process.exit(2);
}
try {
  const { stores, documents, findings } = await examine(place);
  for (const { storeId, check, subject, found, expected } of findings.slice(0, TOLD)) {
    console.log(`${check}: ${WORDS[check]}: ${subject} (sucursal ${storeId})`);
    console.log(`  hay: ${found}; debe haber: ${expected}`);
  }
  console.log(`Sucursales: ${stores}, documentos: ${documents}, problemas: ${findings.length}`);
  if (findings.length > 0) {
    console.log('No se cambió nada. Haga un respaldo antes de corregir: npm run backup');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(dataProblem(error));
  process.exitCode = 2;
}
