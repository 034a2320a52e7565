import { type Static, Type } from '@sinclair/typebox';
import { IdOrEmpty, InstantOrEmpty, label, syncFields, text } from './fields';

/** Kind of identification: 01 natural person, 02 company, 03 DIMEX, 04 NITE, 05 foreigner, '' none. */
export const IdentificationType = Type.Union([
  Type.Literal(''),
  Type.Literal('01'),
  Type.Literal('02'),
  Type.Literal('03'),
  Type.Literal('04'),
  Type.Literal('05'),
]);

export const clientSchema = Type.Object(
  {
    ...syncFields,
    name: label(160),
    identificationType: IdentificationType,
    identification: Type.String({ maxLength: 20, pattern: '^[0-9A-Za-z-]*$' }),
    email: text(160),
    phone: text(30),
    address: text(250),
    notes: text(500),
    active: Type.Boolean(),
    updatedAt: InstantOrEmpty,
    /** Who wrote this state; the server checks that person's role, whoever sends it. */
    editedBy: IdOrEmpty,
  },
  { additionalProperties: false },
);
export type Client = Static<typeof clientSchema>;
