import type { User } from '../../schemas/users';

/** Whether the owner lets a user log in at this terminal; without a list, at every one of the store. */
export const mayUseTerminal = ({ terminals = [] }: Pick<User, 'terminals'>, terminalId: string) =>
  terminals.length === 0 || terminals.includes(terminalId);
