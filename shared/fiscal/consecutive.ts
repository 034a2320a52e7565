import { Value } from '@sinclair/typebox/value';
import { DocumentType } from '../../schemas/invoices';

/** Parts of a consecutive: branch 3 + terminal 5 + document type 2 + number 10 digits. */
export interface Consecutive {
  /** Three digits. */
  branch: string;
  terminalNumber: number;
  type: DocumentType;
  /** From 1. */
  number: number;
}

/** The ten digits that all documents of one type of one terminal share. */
export const seriesOf = ({ branch, terminalNumber, type }: Omit<Consecutive, 'number'>): string =>
  branch.padStart(3, '0') + String(terminalNumber).padStart(5, '0') + type;

export const formatConsecutive = ({ number, ...series }: Consecutive): string =>
  seriesOf(series) + String(number).padStart(10, '0');

export function parseConsecutive(text: string): Consecutive | null {
  if (!/^\d{20}$/.test(text)) return null;
  const type = text.slice(8, 10);
  const number = Number(text.slice(10));
  if (!Value.Check(DocumentType, type) || number < 1) return null;
  return { branch: text.slice(0, 3), terminalNumber: Number(text.slice(3, 8)), type, number };
}

/** First and last consecutive of a series: text order is number order, so an index range finds the newest. */
export const seriesRange = (series: string): { first: string; last: string } => ({
  first: `${series}0000000000`,
  last: `${series}9999999999`,
});
