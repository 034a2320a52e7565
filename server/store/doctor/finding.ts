/** What can be wrong with stored data. Each is an invariant that one transaction keeps, so none may ever be found. */
export type Check =
  /** A row's own columns are not what its document says. */
  | 'ROW'
  /** Number, highest sequence number or digest of a collection are not those of its documents. */
  | 'COUNTER'
  /** An invoice is archived, and the cut does not name it, or the other way round. */
  | 'ARCHIVED'
  /** The last edit of a document is not remembered: sent again, it would be taken for a conflict. */
  | 'EDIT'
  /** A document that moves stock has not moved it, or not by as much, or stock was moved without one. */
  | 'MOVE'
  /** The stock of a product is not the sum of its movements. */
  | 'STOCK'
  /** The serials that stock contains are not those of a terminal's documents. */
  | 'SERIALS'
  /** A consecutive is not noted with its invoice, or is there twice and nobody was told. */
  | 'CONSECUTIVE'
  /** Rows of a store that does not exist. */
  | 'STORE';

export interface Finding {
  storeId: string;
  check: Check;
  /** What it is about: a collection, a document, a product, a terminal. */
  subject: string;
  found: string;
  expected: string;
}

export type Report = (finding: Omit<Finding, 'storeId'>) => void;
