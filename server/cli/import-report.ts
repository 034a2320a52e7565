import type { AppError } from '../../shared/errors/app-error';
import { columnNames, IMPORT_KINDS } from '../../shared/import/import-kind';
import { importWordsEs as words } from '../../shared/import/import-words';
import type { Derivations, ImportReading } from '../../shared/import/read-import';
import type { HeaderFault } from '../../shared/import/read-rows';
import type { Refusal } from '../../shared/import/refusal';
import type { ImportResult } from '../import/apply-import';
import type { ImportCounts } from '../import/import-plan';

const number = (value: number): string => value.toLocaleString('es-CR');

/** What was read of a file, before anything is said of its lines. */
export function readingLines(name: string, reading: ImportReading): string[] {
  const derived = Object.keys(reading.derived) as (keyof Derivations)[];
  return [
    `${name}: ${words.kinds[reading.kind]}, líneas: ${number(reading.lines)}`,
    ...derived
      .filter((key) => reading.derived[key] > 0)
      .map((key) => `  ${words.derived[key].replace('{{count}}', number(reading.derived[key]))}`),
    ...(reading.unusedHeaders.length === 0
      ? []
      : [`  Columnas que no se usan: ${reading.unusedHeaders.join(', ')}`]),
  ];
}

export const refusalLine = ({ line, field, code, value }: Refusal): string => {
  const where = field === '' ? '' : `, ${words.fields[field] ?? field}`;
  return `  línea ${line}${where}: ${code}: ${words.refusals[code]} ${JSON.stringify(value)}`;
};

/** What became of a file that is no list by itself. */
export function resultLines(reading: ImportReading, result: ImportResult): string[] {
  const lines: string[] = [];
  if (reading.products.length > 0) lines.push(countsLine('productos', result.products));
  if (reading.clients.length > 0) lines.push(countsLine('clientes', result.clients));
  if (result.openings > 0) {
    lines.push(`  existencias iniciales: ${number(result.openings)}`);
  }
  if (lines.length === 0) lines.push('  nada que importar');
  lines.push(`  líneas rechazadas: ${number(result.refused.length)}`);
  if (result.refused.some(({ code }) => code === 'NO_PRICE')) {
    lines.push('  para dar un precio a los productos nuevos del catálogo: --price 1500');
  }
  return lines;
}

const countsLine = (what: string, { created, edited, unchanged }: ImportCounts): string =>
  `  ${what}: nuevos ${number(created)}, cambiados ${number(edited)}, iguales ${number(unchanged)}`;

/** Why nothing of a file can be taken, and what to do. */
export function errorLines(name: string, error: AppError): string[] {
  const { headers, spreadsheet } = error.details;
  switch (error.code) {
    case 'FILE_NOT_TABLE':
      return [
        spreadsheet === true
          ? `${name}: es una hoja de cálculo. Guárdela como CSV (UTF-8).`
          : `${name}: no es un CSV, o está vacío.`,
      ];
    case 'FILE_TOO_LARGE':
      return [`${name}: es demasiado grande. Divídalo, con los encabezados en cada parte.`];
    case 'FILE_HEADER_BAD':
      return [
        `${name}: los encabezados no corresponden.`,
        ...(headers as HeaderFault[]).map(({ code, header }) =>
          code === 'MISSING_HEADER'
            ? `  falta la columna «${header}»`
            : `  la columna «${header}» está repetida`,
        ),
      ];
    case 'FILE_KIND_UNKNOWN':
      return [
        `${name}: no se reconoce qué es por sus encabezados (${(headers as string[]).join(', ')}).`,
        ...IMPORT_KINDS.map((kind) => `  ${words.kinds[kind]}: ${columnNames(kind).join(', ')}`),
      ];
    default:
      return [`${name}: ${error.message}`];
  }
}
