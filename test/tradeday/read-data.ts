import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { parseRetailSales } from '../../shared/import/retail-sales';
import { textTable } from '../../shared/import/text-table';

const SALES = 'online-retail-2010-12..2011-05.csv.gz';

export const hasData = (folder: string): boolean => existsSync(path.join(folder, SALES));

const text = (folder: string, file: string): string =>
  gunzipSync(readFileSync(path.join(folder, file))).toString('utf8');

const table = (folder: string, file: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(text(folder, file), { header: true, skipEmptyLines: true })
    .data;

/** The three real files. What joins them (which product has which barcode and CABYS code) is synthetic. */
export function readData(folder: string) {
  return {
    salesText: text(folder, SALES),
    ...parseRetailSales(textTable(text(folder, SALES))),
    barcodes: table(folder, 'catalogue-ean13.csv.gz').map((row) => row['ean13'] ?? ''),
    cabys: table(folder, 'cabys-2020.csv.gz').map((row) => ({
      code: row['cabys'] ?? '',
      rate: Number(row['rate']),
    })),
  };
}
export type TradeData = ReturnType<typeof readData>;
