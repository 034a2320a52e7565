import {
  type UserList,
  type UserReply,
  userListSchema,
  userReplySchema,
} from '../../shared/protocol/user-messages';
import type { ApiClient, ApiRequest } from '../http/api-client';
import type { UsersService } from '../services/users-service';

/** The owner's view of who works in the store; lives on the server only. */
export function createUsersService(api: ApiClient): UsersService {
  const ask = (request: ApiRequest): Promise<UserReply> =>
    api.request<UserReply>(request, userReplySchema);
  const pathOf = (id: string): string => `/api/users/${encodeURIComponent(id)}`;
  return {
    list: async () =>
      (await api.request<UserList>({ method: 'GET', path: '/api/users' }, userListSchema)).users,
    create: (user) => ask({ method: 'POST', path: '/api/users', body: user }),
    change: (id, change) => ask({ method: 'PATCH', path: pathOf(id), body: change }),
    resetPassword: (id, password) =>
      ask({
        method: 'POST',
        path: `${pathOf(id)}/password`,
        body: password === undefined ? {} : { password },
      }),
  };
}
