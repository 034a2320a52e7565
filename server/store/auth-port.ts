export interface StoredTerminal {
  storeId: string;
  id: string;
  number: number;
  name: string;
  enrolledAt: string;
  lastSeenAt: string;
  /** '' while it is not revoked. */
  revokedAt: string;
  /** JWK of its key, or '': it was enrolled before there were keys, or where the browser has no WebCrypto. */
  publicKey: string;
  /** The last one that it rotated to, '' before the first. */
  nonce: string;
  /** When it was last noticed that two profiles have its identity, or ''. */
  copiedAt: string;
  /** From this serial on all its invoices are signed; 0 while none is known to be. */
  signedFrom: number;
}

export interface StoredSession {
  userId: string;
  terminalId: string;
  expiresAt: string;
}

/** Who may talk to the server. */
export interface AuthStore {
  addTerminal(terminal: StoredTerminal & { credentialHash: string }): Promise<void>;
  nextTerminalNumber(): Promise<number>;
  terminals(): Promise<readonly StoredTerminal[]>;
  touchTerminal(terminalId: string, at: string): Promise<void>;
  revokeTerminal(terminalId: string, at: string): Promise<boolean>;
  /** False where there is no such terminal. */
  renameTerminal(terminalId: string, name: string): Promise<boolean>;
  setPublicKey(terminalId: string, publicKey: string): Promise<void>;
  setCredential(terminalId: string, credentialHash: string): Promise<void>;
  setNonce(terminalId: string, nonce: string): Promise<void>;
  noteCopy(terminalId: string, at: string): Promise<void>;
  /** The lowest serial that was signed. */
  noteSigned(terminalId: string, serial: number): Promise<void>;
  addChallenge(challenge: { hash: string; terminalId: string; expiresAt: string }): Promise<void>;
  /** Takes a challenge away; false where there is none of this terminal, or it has expired. */
  redeemChallenge(hash: string, terminalId: string, at: string): Promise<boolean>;
  removeExpiredChallenges(at: string): Promise<void>;
  addCode(codeHash: string, expiresAt: string): Promise<void>;
  /** Marks an unused, unexpired code as used by this terminal; false when there is none. */
  redeemCode(codeHash: string, at: string, terminalId?: string): Promise<boolean>;
  /** The terminal that an unexpired code has become, or null. */
  terminalOfCode(codeHash: string, at: string): Promise<StoredTerminal | null>;
  countUsableCodes(at: string): Promise<number>;
  setPassword(user: { userId: string; userName: string; passwordHash: string }): Promise<void>;
  password(userName: string): Promise<{ userId: string; passwordHash: string } | null>;
  addSession(session: StoredSession & { tokenHash: string }): Promise<void>;
  session(tokenHash: string): Promise<StoredSession | null>;
  extendSession(tokenHash: string, expiresAt: string): Promise<void>;
  removeSession(tokenHash: string): Promise<void>;
  removeSessionsOf(terminalId: string): Promise<void>;
  /** Ends a user's sessions, but for the one of this token. */
  removeSessionsOfUser(userId: string, exceptTokenHash: string): Promise<void>;
  removeExpiredSessions(at: string): Promise<void>;
  addLogin(terminalId: string, userId: string, at: string): Promise<void>;
  hasLoggedIn(terminalId: string, userId: string): Promise<boolean>;
  /** When a user last logged in at a terminal; null: never. */
  lastLoginAt(terminalId: string, userId: string): Promise<string | null>;
  /** Last login of each user who ever logged in. */
  lastLogins(): Promise<ReadonlyMap<string, string>>;
  /** Keeps a key by which a user approves, once; earlier ones stay. */
  addApprovalKey(userId: string, key: string): Promise<void>;
  approvalKeys(userId: string): Promise<readonly string[]>;
}
