import { type Static, Type } from '@sinclair/typebox';
import { Id, label } from '../../schemas/fields';
import { Role, userSchema } from '../../schemas/users';

/** Terminals that a user may log in at; none: all of the store. */
const Terminals = Type.Array(Id, { maxItems: 200, uniqueItems: true });
/** The rule of passwords is checked apart, so that breaking it has words of its own. */
const Password = Type.String({ maxLength: 1000 });

export const userRowSchema = Type.Object({
  id: Type.String(),
  userName: Type.String(),
  displayName: Type.String(),
  role: Role,
  active: Type.Boolean(),
  terminals: Type.Array(Type.String()),
  /** Last login with a connection, '' for never. */
  lastLoginAt: Type.String(),
});
export type UserRow = Static<typeof userRowSchema>;

/** `GET /api/users` (owner). */
export const userListSchema = Type.Object({ users: Type.Array(userRowSchema) });
export type UserList = Static<typeof userListSchema>;

/** `POST /api/users` (owner). Without a password one is made, and told once. */
export const newUserRequestSchema = Type.Object(
  {
    userName: userSchema.properties.userName,
    displayName: label(120),
    role: Role,
    terminals: Terminals,
    password: Type.Optional(Password),
  },
  { additionalProperties: false },
);
export type NewUserRequest = Static<typeof newUserRequestSchema>;

/** `PATCH /api/users/:id` (owner): what is left out stays. */
export const userChangeSchema = Type.Object(
  {
    displayName: Type.Optional(label(120)),
    role: Type.Optional(Role),
    active: Type.Optional(Type.Boolean()),
    terminals: Type.Optional(Terminals),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UserChange = Static<typeof userChangeSchema>;

/** `POST /api/users/:id/password` (owner). Without a password one is made, and told once. */
export const passwordRequestSchema = Type.Object(
  { password: Type.Optional(Password) },
  { additionalProperties: false },
);
export type PasswordRequest = Static<typeof passwordRequestSchema>;

/** Reply of what makes or changes a user. `password`: the one that was made, or '' where one was given. */
export const userReplySchema = Type.Object({ user: userRowSchema, password: Type.String() });
export type UserReply = Static<typeof userReplySchema>;
