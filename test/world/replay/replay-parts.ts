import type { Bookkeeper } from '../scenario/bookkeeper';
import type { World } from '../world';
import type { IdMap } from './id-map';
import type { RecordedMessage } from './recorded-messages';

/** What all have that make the replayed server what it was: the world of the replay, and what the file says of its terminal. */
export interface ReplayParts {
  world: World;
  books: Bookkeeper;
  ids: IdMap;
  /** Every answer of the trace, also for what it shows only later. */
  messages: readonly RecordedMessage[];
  /** Edits that the recorded terminal made itself. */
  ownEdits: ReadonlySet<string>;
  /** Ids of the documents that it made, as recorded. Those of a copy of its profile are not among them. */
  bornHere: ReadonlySet<string>;
}
