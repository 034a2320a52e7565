import { type Static, Type } from '@sinclair/typebox';
import { Amount, IdOrEmpty, InstantOrEmpty, label, syncFields, text } from './fields';

/** Costa Rican IVA treatments; the rate of each stands in `shared/fiscal`. */
export const TaxCode = Type.Union([
  Type.Literal('iva13'),
  Type.Literal('iva8'),
  Type.Literal('iva4'),
  Type.Literal('iva2'),
  Type.Literal('iva1'),
  Type.Literal('iva0'),
  Type.Literal('exempt'),
]);
export type TaxCode = Static<typeof TaxCode>;

export const Unit = Type.Union([
  Type.Literal('Unid'),
  Type.Literal('kg'),
  Type.Literal('g'),
  Type.Literal('L'),
  Type.Literal('m'),
  Type.Literal('h'),
  Type.Literal('Sp'),
]);
export type Unit = Static<typeof Unit>;

/** Stock is not a field: it would make every sale an edit of the product. See `stock.ts`. */
export const productSchema = Type.Object(
  {
    ...syncFields,
    code: label(40),
    /** GTIN digits (8, 12, 13 or 14), or empty. */
    barcode: Type.String({ maxLength: 14, pattern: '^(\\d{8}|\\d{12,14})?$' }),
    description: label(200),
    cabys: Type.String({ maxLength: 13, pattern: '^(\\d{13})?$' }),
    unit: Unit,
    /** Before tax, minor units. */
    price: Amount,
    taxCode: TaxCode,
    /** False for services, postage and the like: no movement is derived. */
    stocked: Type.Boolean(),
    notes: text(500),
    active: Type.Boolean(),
    updatedAt: InstantOrEmpty,
    /** Who wrote this state; the server checks that person's role, whoever sends it. */
    editedBy: IdOrEmpty,
  },
  { additionalProperties: false },
);
export type Product = Static<typeof productSchema>;
