import type { CollectionName } from '../../schemas/registry';

/** The collections that are merged field by field. Others have one writer, or none after they were issued. */
export const MERGED_COLLECTIONS = ['clients', 'products'] as const satisfies CollectionName[];
export type MergedCollection = (typeof MERGED_COLLECTIONS)[number];

export const isMerged = (name: CollectionName): name is MergedCollection =>
  (MERGED_COLLECTIONS as readonly CollectionName[]).includes(name);
