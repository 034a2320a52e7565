import type { User } from '../../schemas/users';
import type { DeskDatabase } from '../db/database';

/** User names that this terminal has received. */
export interface KnownNames {
  has(userName: string): boolean;
  close(): void;
}

/** Follows the users of the terminal, so that it can be asked at once whether something that was typed is a name. */
export function knownNames(db: DeskDatabase): KnownNames {
  const names = new Set<string>();
  const subscription = db.users.eventBulks$.subscribe(({ events }) => {
    for (const { documentData } of events) names.add((documentData as User).userName);
  });
  db.users
    .find()
    .exec()
    .then(
      (users) => {
        for (const { userName } of users) names.add(userName);
      },
      /* Unreadable: nobody is known, and no name is written down. */
      () => undefined,
    );
  return { has: (userName) => names.has(userName), close: () => subscription.unsubscribe() };
}
