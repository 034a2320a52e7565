import type { CodeReply, SetupRequest } from '../../shared/protocol/messages';

/** The beginning of a new server. Every method throws AppError only. */
export interface SetupService {
  /** Whether the server has no store yet: NETWORK where it cannot be asked. */
  isNeeded(): Promise<boolean>;
  /** Makes the first store and its owner; returns the code for the first terminal. CODE_INVALID, SETUP_DONE. */
  setUp(request: SetupRequest): Promise<CodeReply>;
}
