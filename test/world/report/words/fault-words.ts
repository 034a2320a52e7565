/** What each fault does, in one line. */
const MEANINGS: Readonly<Record<string, string>> = {
  dropRequest: 'The request never reaches the server.',
  dropResponse: 'The server does it all; its answer is lost.',
  duplicate: 'The request arrives twice; the second answer is nobody’s.',
  delay: 'The answer takes most of what the terminal is ready to wait.',
  late: 'The terminal hears that the line broke; the request arrives later all the same.',
  truncate: 'The answer breaks off in the middle.',
  silence: 'Nothing is ever heard of the request.',
  partition: 'A request met a line that was down.',
  clock: 'The clock of a terminal was set.',
  reset: 'A browser profile was wiped.',
  copyProfile: 'A browser profile was copied: two terminals with one identity.',
  serverCrash: 'The server died at once.',
  restore: 'A backup of the server was put back.',
  expireSessions: 'Every session of the server ended.',
  setUser: 'A user’s role or state was changed at the server.',
  revoke: 'A terminal was revoked.',
  'server.beforeTransaction': 'The server dies before the transaction.',
  'server.afterDocuments.beforeStock': 'The server dies between documents and stock.',
  'server.beforeCommit': 'The server dies before it commits.',
  'server.afterCommit.beforeReply': 'The server has committed and dies before it answers.',
  'server.diskFull': 'The server finds no room: 503, and nothing is acknowledged.',
  'terminal.diskFull': 'The browser can store nothing more.',
  'terminal.beforeSale': 'The terminal dies before a sale is on its disk.',
  'terminal.afterSale': 'The sale is on the disk; the terminal dies before anybody is told.',
  'terminal.beforeAcknowledge':
    'The server has acknowledged; the terminal dies before it takes note.',
  'terminal.afterAcknowledge': 'The terminal has taken note and dies.',
  'terminal.beforeRecord': 'The terminal dies before it writes down a refusal or conflict.',
  'terminal.afterRecord': 'The terminal dies when a refusal or conflict is written down.',
  'terminal.beforeStore': 'The terminal dies before it stores what it received.',
  'terminal.afterStore.beforeCheckpoint':
    'Documents are stored; the terminal dies before its checkpoint moves.',
  'terminal.afterCheckpoint': 'The terminal dies when its checkpoint has moved.',
  'terminal.anyWrite': 'The terminal dies at a write, whichever comes.',
};

export const meaningOfFault = (name: string): string => MEANINGS[name] ?? '';
