import { randomUUID } from 'node:crypto';
import type { User } from '../../schemas/users';
import { writeUser } from '../../server/auth/users';
import type { TestServer } from './start-server';

/** What the owner does at the server: another role, or no longer active. */
export async function changeUser(
  { context, storeId }: TestServer,
  userName: string,
  change: Partial<Pick<User, 'role' | 'active' | 'terminals'>>,
): Promise<void> {
  await context.store.transaction(storeId, async (scope) => {
    const { documents } = await scope.documents.page('users', 0, 1000);
    const users = documents.map(({ json }) => JSON.parse(json) as User);
    const user = users.find((entry) => entry.userName === userName);
    if (user === undefined) throw new Error(`no user ${userName}`);
    await writeUser(scope, { ...user, ...change, ver: user.ver + 1, edit: randomUUID() });
  });
}
