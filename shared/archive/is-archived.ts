import type { Invoice } from '../../schemas/invoices';
import type { Cut } from '../protocol/messages';

/** Whether a store's cut archives an invoice that has the place `seq` at the server: then terminals do not hold it (P130). */
export const isArchived = (
  cut: Cut,
  { seq, document }: { seq: number; document: Pick<Invoice, 'id' | 'issuedAt'> },
): boolean => document.issuedAt < cut.before && seq <= cut.seq && !cut.kept.includes(document.id);
