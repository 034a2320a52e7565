import type { RxJsonSchema } from 'rxdb';
import type { CollectionSpec } from '../../schemas/registry';

/**
 * The RxDB schema of a collection, derived from its TypeBox schema. TypeBox's symbols are dropped by the copy; RxDB
 * wants its own keys (`version`, `primaryKey`, `indexes`) beside the JSON schema's.
 */
export function toRxSchema<T>(
  spec: Pick<CollectionSpec, 'version' | 'schema' | 'indexes'>,
): RxJsonSchema<T> {
  const plain = JSON.parse(JSON.stringify(spec.schema)) as Record<string, unknown>;
  return {
    ...plain,
    version: spec.version,
    primaryKey: 'id',
    indexes: spec.indexes.map((index) => (typeof index === 'string' ? index : [...index])),
  } as unknown as RxJsonSchema<T>;
}
