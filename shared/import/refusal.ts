/** Why a line of a file was not taken; the others are. Words for each stand in `import-words`. */
export const REFUSAL_CODES = [
  /* the form of the line */
  'BAD_QUOTES',
  'WRONG_CELL_COUNT',
  'BAD_CHARACTERS',
  'TOO_LONG',
  /* products */
  'MISSING_CODE',
  'DUPLICATE_CODE',
  'EMPTY_DESCRIPTION',
  'BAD_PRICE',
  'AMBIGUOUS_PRICE',
  'NO_PRICE',
  'BAD_BARCODE',
  'BAD_CHECK_DIGIT',
  'DUPLICATE_BARCODE',
  'BAD_CABYS',
  'UNKNOWN_CABYS',
  'DUPLICATE_CABYS',
  'BAD_TAX',
  'BAD_UNIT',
  'BAD_STOCK',
  'AMBIGUOUS_STOCK',
  'STOCK_NOT_KEPT',
  /* clients */
  'EMPTY_NAME',
  'DUPLICATE_NAME',
  'BAD_IDENTIFICATION_TYPE',
  'BAD_IDENTIFICATION',
  'DUPLICATE_IDENTIFICATION',
  'BAD_EMAIL',
  /* sales */
  'BAD_INVOICE_NUMBER',
  'BAD_DATE',
  'BAD_QUANTITY',
  /* what only the store's own data can say */
  'AMBIGUOUS_CODE',
  'BARCODE_TAKEN',
  'AMBIGUOUS_NAME',
  'AMBIGUOUS_IDENTIFICATION',
  'STOCK_ALREADY_MOVED',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export const isRefusalCode = (code: string): code is RefusalCode =>
  REFUSAL_CODES.some((known) => known === code);

/** A line that was not taken, listed once, with the first of its faults. */
export interface Refusal {
  /** Line of the file, from 1; of a record that spans several, the first. */
  readonly line: number;
  /** Our name of the column; '' where the whole line is meant. */
  readonly field: string;
  readonly code: RefusalCode;
  /** What stood there, cut to a length that a list can show. */
  readonly value: string;
}

const SHOWN = 80;

/** The value as a list shows it. */
export const shownValue = (value: string): string =>
  value.length > SHOWN ? `${value.slice(0, SHOWN - 1)}…` : value;

export const byLine = (a: Refusal, b: Refusal): number => a.line - b.line;
