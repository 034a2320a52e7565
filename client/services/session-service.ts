import type { BehaviorSubject } from 'rxjs';
import type { Role } from '../../schemas/users';
import type { StoreProfile, TerminalProfile } from '../../shared/protocol/messages';

export interface SignedInUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
}

export type SessionState =
  /** Local data are being opened. */
  | { readonly kind: 'starting' }
  /** This browser profile is not a terminal yet: a one-time code is needed, and a connection. */
  | { readonly kind: 'unenrolled' }
  | { readonly kind: 'signedOut'; readonly store: StoreProfile; readonly terminal: TerminalProfile }
  | {
      readonly kind: 'signedIn';
      readonly user: SignedInUser;
      readonly store: StoreProfile;
      readonly terminal: TerminalProfile;
      /** offline: the password was checked here, against the synced verifier. */
      readonly mode: 'online' | 'offline';
      /** The server has seen another browser profile with this terminal's identity (F13). */
      readonly copied?: boolean;
    };

/** Who works at this terminal. Every method throws AppError only. */
export interface SessionService {
  readonly state$: BehaviorSubject<SessionState>;
  /**
   * Redeems a one-time code: CODE_INVALID, NETWORK, TOO_MANY_REQUESTS. Where the browser was asked to keep this
   * terminal's data and does not promise it (a private window never does), STORAGE_NOT_KEPT, and the code is not used
   * (F16); `isTrial` says that this is known, and accepted.
   */
  enrol(request: { code: string; name: string; isTrial?: boolean }): Promise<void>;
  /**
   * Logs in at the server; where that cannot be reached, offline. Begins the three syncs of a login.
   * LOGIN_FAILED, TOO_MANY_REQUESTS, TERMINAL_REVOKED, OFFLINE_LOGIN_FAILED, OFFLINE_LOGIN_WAIT,
   * OFFLINE_LOGIN_EXPIRED, TERMINAL_PROOF_FAILED.
   */
  login(credentials: { userName: string; password: string }): Promise<void>;
  /** Asks the server for a new session of the same user in mid sync: LOGIN_FAILED, NETWORK. */
  reauthenticate(password: string): Promise<void>;
  /** Ends the session here and, where it can be reached, at the server. What is pending stays. */
  logout(): Promise<void>;
}
