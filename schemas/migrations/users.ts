import type { Migration } from './migration';

/** Without a list of terminals a user may log in at every one of the store, as before there were lists. */
export const userMigrations: Record<number, Migration> = {
  1: (user) => user,
};

/** A user as version 1 of the protocol knew it. */
export function userOfProtocol1(user: Record<string, unknown>): Record<string, unknown> {
  const { terminals, ...rest } = user;
  return rest;
}
