/** Why a line of a file was not taken. What an operator reads stands in `client/i18n` under the same code. */
export type RefusalCode =
  /* the header line: nothing of the file is taken */
  | 'UNKNOWN_HEADER'
  | 'DUPLICATE_HEADER'
  | 'MISSING_HEADER'
  /* the form of a line */
  | 'BAD_QUOTES'
  | 'WRONG_CELL_COUNT'
  /* a cell */
  | 'TOO_LONG'
  | 'MISSING_CODE'
  | 'DUPLICATE_CODE'
  | 'EMPTY_DESCRIPTION'
  | 'BAD_PRICE'
  | 'AMBIGUOUS_PRICE'
  | 'BAD_BARCODE'
  | 'BAD_CHECK_DIGIT'
  | 'BAD_CABYS'
  | 'BAD_TAX'
  | 'BAD_UNIT'
  | 'BAD_STOCK'
  | 'AMBIGUOUS_STOCK'
  | 'EMPTY_NAME'
  | 'BAD_IDENTIFICATION_TYPE'
  | 'BAD_IDENTIFICATION'
  | 'DUPLICATE_IDENTIFICATION'
  | 'BAD_EMAIL'
  | 'BAD_NUMBER'
  | 'BAD_QUANTITY'
  | 'BAD_DATE';

/** One fault of one line; a line with three faults is listed three times, so that it is mended in one go. */
export interface Refusal {
  /** Line of the file, from 1; of a record that spans several, the first. */
  readonly line: number;
  /** Our name of the column, or the header as it stands in the file. */
  readonly field: string;
  readonly code: RefusalCode;
  /** What stood there, cut to a length that a list can show. */
  readonly value: string;
}

const SHOWN = 80;

/** The value as a list shows it. */
export const shownValue = (value: string): string =>
  value.length > SHOWN ? `${value.slice(0, SHOWN - 1)}…` : value;
