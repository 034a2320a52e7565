import { documentOf, textsOn } from '../../world/oracle/disk-documents';
import { ServerView } from '../../world/oracle/server-view';
import { messagesOf } from '../../world/report/timeline/messages';
import type { RunMoment } from '../../world/scenario/run-scenario';
import type { WorldTerminal } from '../../world/world-terminal';
import { type Doc, type Documents, type Moment, SHOWN, type TerminalMoment } from './moment';

/** How all sides stand now. Only disks and files are read: a run that is looked at is the same run, byte for byte. */
export function readMoment(
  { world, step, outcomes }: RunMoment,
  { messagesFrom }: { messagesFrom: number },
): Moment {
  const view = new ServerView(world.server.file);
  const server = documentsFrom((name) => [...view.documents(name).values()]);
  view.close();
  return {
    step,
    now: world.scheduler.now,
    outcomes,
    terminals: [...world.terminals.values()].map(terminalMoment),
    server: { isUp: world.server.isUp, documents: server },
    messages: messagesOf(world.trace.events.slice(messagesFrom)),
  };
}

const documentsFrom = (read: (collection: string) => readonly Doc[]): Documents =>
  Object.fromEntries(SHOWN.map((name) => [name, read(name)])) as Record<
    (typeof SHOWN)[number],
    readonly Doc[]
  >;

function terminalMoment({ name, disk, isUp, line, skew }: WorldTerminal): TerminalMoment {
  const read = (collection: string): Doc[] => textsOn(disk, collection).map(documentOf);
  return {
    name,
    isUp,
    isOnline: line.up,
    skewMs: skew,
    user: userFrom(read('settings')),
    documents: documentsFrom(read),
    conflicts: read('conflicts'),
    rejected: read('rejected'),
  };
}

/** Who is signed in, by the terminal's own note of it. */
function userFrom(settings: readonly Doc[]): string | null {
  const session = settings.find(({ id }) => id === 'session')?.['value'];
  const user = (session as { user?: { userName?: unknown } } | undefined)?.user;
  return typeof user?.userName === 'string' ? user.userName : null;
}
