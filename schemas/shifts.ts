import { type Static, Type } from '@sinclair/typebox';
import { Amount, Id, Instant, InstantOrEmpty, SignedAmount, syncFields, text } from './fields';

/** A cash session of one terminal; only that terminal writes it. */
export const shiftSchema = Type.Object(
  {
    ...syncFields,
    terminalId: Id,
    userId: Id,
    userName: text(120),
    status: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
    openedAt: Instant,
    openingCash: Amount,
    closedAt: InstantOrEmpty,
    /** Opening cash + cash received - cash returned, when it was closed. */
    expectedCash: SignedAmount,
    countedCash: Amount,
    /** counted - expected. */
    difference: SignedAmount,
    notes: text(500),
  },
  { additionalProperties: false },
);
export type Shift = Static<typeof shiftSchema>;
