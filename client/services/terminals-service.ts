import type { CodeReply, TerminalList } from '../../shared/protocol/messages';

/** For the owner, with a connection: NETWORK, FORBIDDEN, SESSION_EXPIRED. */
export interface TerminalsService {
  list(): Promise<TerminalList['terminals']>;
  newCode(): Promise<CodeReply>;
  rename(id: string, name: string): Promise<void>;
  revoke(id: string): Promise<void>;
}
