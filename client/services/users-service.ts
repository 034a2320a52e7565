import type {
  NewUserRequest,
  UserChange,
  UserReply,
  UserRow,
} from '../../shared/protocol/user-messages';

/** For the owner, with a connection: NETWORK, FORBIDDEN, SESSION_EXPIRED, and what each says. */
export interface UsersService {
  list(): Promise<readonly UserRow[]>;
  /** USER_NAME_TAKEN, PASSWORD_TOO_SHORT. Without a password one is made: the reply has it, once. */
  create(user: NewUserRequest): Promise<UserReply>;
  /** LAST_OWNER, NOT_FOUND. */
  change(id: string, change: UserChange): Promise<UserReply>;
  /** PASSWORD_TOO_SHORT, NOT_FOUND. Without a password one is made: the reply has it, once. */
  resetPassword(id: string, password?: string): Promise<UserReply>;
}
