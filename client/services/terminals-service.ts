import type { FleetReply } from '../../shared/protocol/fleet-messages';
import type { CodeReply, TerminalList } from '../../shared/protocol/messages';

/** For the owner, with a connection: NETWORK, FORBIDDEN, SESSION_EXPIRED. */
export interface TerminalsService {
  /** How the store's terminals stand, as they last told it, and what needs a person. */
  board(): Promise<FleetReply>;
  list(): Promise<TerminalList['terminals']>;
  newCode(): Promise<CodeReply>;
  rename(id: string, name: string): Promise<void>;
  revoke(id: string): Promise<void>;
}
