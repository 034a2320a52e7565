import { type Static, Type } from '@sinclair/typebox';
import { Id, InstantOrEmpty, label, syncFields, text } from './fields';

export const Role = Type.Union([
  Type.Literal('owner'),
  Type.Literal('supervisor'),
  Type.Literal('cashier'),
  Type.Literal('qa'),
]);
export type Role = Static<typeof Role>;

/** What a terminal may know of a user. The password hash of the server is never here. */
export const userSchema = Type.Object(
  {
    ...syncFields,
    userName: Type.String({ maxLength: 40, minLength: 1, pattern: '^[a-z0-9._-]+$' }),
    displayName: label(120),
    role: Role,
    active: Type.Boolean(),
    /** Terminals that the user may log in at; left out or empty: all of the store. */
    terminals: Type.Optional(Type.Array(Id, { maxItems: 200 })),
    /** Encoded argon2id verifier with a salt of its own, or empty: no offline login. */
    offlineVerifier: text(200),
    /** After this instant the user must log in with a connection. */
    offlineValidUntil: InstantOrEmpty,
  },
  { additionalProperties: false },
);
export type User = Static<typeof userSchema>;
