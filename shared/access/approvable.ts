import type { Permission } from '../roles';

/** What somebody else may allow on a document, by an approval that the document carries. */
export const APPROVABLE = ['creditNote', 'changePrice', 'discountAboveLimit'] as const;
export type Approvable = (typeof APPROVABLE)[number];

export const isApprovable = (permission: string): permission is Approvable & Permission =>
  (APPROVABLE as readonly string[]).includes(permission);
