import { type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { clientSchema } from '../../../schemas/clients';
import { SYNC_FIELD_NAMES } from '../../../schemas/fields';
import { productSchema } from '../../../schemas/products';

/* Pieces that the schemas of steps and of expectations share. */

const YEAR_MS = 365 * 24 * 3600 * 1000;

export const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_.-]+$' });
export const Label = (description: string) => Type.Unsafe<string>({ ...Name, description });
export const Ms = Type.Integer({ minimum: 0, maximum: 10 * YEAR_MS });
export const SignedMs = Type.Integer({
  minimum: -11 * YEAR_MS,
  maximum: 11 * YEAR_MS,
  description: 'Difference from the true time, in ms.',
});
export const Whole = Type.Integer({ minimum: 0 });
export const Money = Type.Number({ minimum: 0, description: 'In currency units.' });

export const oneOf = <const T extends string>(names: readonly T[], description: string) =>
  Type.Unsafe<T>(
    Type.Union(
      names.map((name) => Type.Literal(name)),
      { description },
    ),
  );

export const Role = oneOf(['owner', 'supervisor', 'cashier'], 'Role of the user.');

const NOT_TYPED: readonly string[] = [...SYNC_FIELD_NAMES, 'updatedAt', 'editedBy'];

/** Fields that a person can fill in, each optional, at least one. */
const fieldsOf = (properties: TProperties, replaced: Record<string, TSchema>) =>
  Type.Unsafe<Record<string, unknown>>(
    Type.Partial(
      Type.Object({
        ...Object.fromEntries(
          Object.entries(properties).filter(([field]) => !NOT_TYPED.includes(field)),
        ),
        ...replaced,
      }),
      { additionalProperties: false, minProperties: 1 },
    ),
  );

export const ProductFields = fieldsOf(productSchema.properties, { price: Money });
export const ClientFields = fieldsOf(clientSchema.properties, {});

export const perName = <T extends TSchema>(value: T, description: string) =>
  Type.Record(Type.String(), value, { minProperties: 1, description });
