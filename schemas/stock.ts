import { type Static, Type } from '@sinclair/typebox';
import { Id, SignedQuantity, syncFields } from './fields';

/**
 * Stock of one product as the server knows it; `id` is the product's id.
 *
 * `seen` says, for each terminal, which of its serials are contained in `onHand`, as ascending pairs
 * `[from, to, from, to, ...]`. A terminal subtracts just those of its own sales that are not contained:
 * at no crash point is one counted twice or not at all.
 */
export const stockSchema = Type.Object(
  {
    ...syncFields,
    onHand: SignedQuantity,
    seen: Type.Array(
      Type.Object(
        { terminalId: Id, ranges: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 10_000 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Stock = Static<typeof stockSchema>;
