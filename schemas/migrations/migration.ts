/**
 * Brings a document of the version before to a version of its collection's schema. Pure, total (it is given whatever was
 * sent, before it is checked), and without effect on a document that is of that version already.
 */
export type Migration = (document: Record<string, unknown>) => Record<string, unknown>;
