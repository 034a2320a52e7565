import { type Static, Type } from '@sinclair/typebox';
import { BusinessDate, Id, Instant, label, Serial, SignedQuantity, syncFields } from './fields';

export const MovementKind = Type.Union([
  Type.Literal('opening'),
  Type.Literal('purchase'),
  Type.Literal('adjustment'),
]);
export type MovementKind = Static<typeof MovementKind>;

/** An immutable change of a product's stock. Those of an invoice are derived by the server from its lines. */
export const movementSchema = Type.Object(
  {
    ...syncFields,
    productId: Id,
    kind: MovementKind,
    quantity: SignedQuantity,
    reason: label(180),
    terminalId: Id,
    serial: Serial,
    userId: Id,
    at: Instant,
    businessDate: BusinessDate,
  },
  { additionalProperties: false },
);
export type Movement = Static<typeof movementSchema>;
