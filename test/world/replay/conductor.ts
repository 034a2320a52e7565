import type { Conductor, Fate } from '../network';
import type { WireReply, WireRequest } from '../world-server';
import { fateOf, isJudged, type RecordedMessage, type Unheard } from './recorded-messages';
import type { SecondActor } from './second-actor';

const LOGIN = 'POST /api/session';
const CHALLENGE = 'POST /api/session/challenge';

/** A recorded message, and what became of it in the replay. */
export interface ReplayedMessage {
  readonly recorded: RecordedMessage;
  /** The terminal has sent it. */
  isSent: boolean;
  isHandled: boolean;
  isOver: boolean;
  /** Lets it go to the server; lets the terminal hear of it. */
  readonly go: () => void;
  readonly hear: () => void;
  readonly turn: Promise<void>;
  readonly hearing: Promise<void>;
  request: WireRequest | null;
  reply: WireReply | null;
}

/** Lets the terminal's messages through one by one, in the order in which they were answered when they were recorded. */
export class ReplayConductor implements Conductor {
  readonly messages: readonly ReplayedMessage[];
  /** Requests that nobody had recorded. */
  readonly extra: { key: string; after: number }[] = [];
  /** Place of what the replay is at, for those. */
  position = 0;
  /** The page dies before anything else of it was written down: what it then still sends nobody noted. */
  isLastMoment = false;

  constructor(
    recorded: readonly RecordedMessage[],
    private readonly parts: {
      actor: SecondActor;
      /** Places at which the page was opened again. */
      starts: readonly number[];
      /** What became of messages whose answer is not in the trace. */
      unheard: ReadonlyMap<RecordedMessage, Unheard>;
    },
  ) {
    this.messages = recorded.map((message) => {
      const [turn, go] = gate();
      const [hearing, hear] = gate();
      const fresh = { isSent: false, isHandled: false, isOver: false, request: null, reply: null };
      return { recorded: message, go, hear, turn, hearing, ...fresh };
    });
  }

  async turn(request: WireRequest): Promise<Fate> {
    const key = keyOf(request);
    const message = this.#next(key);
    if (message === undefined) {
      if (this.isLastMoment) return 'silent';
      if (key !== CHALLENGE && isJudged(key)) this.extra.push({ key, after: this.position });
      return 'pass';
    }
    message.isSent = true;
    message.request = request;
    await message.turn;
    const { recorded } = message;
    return fateOf(recorded, this.parts.unheard.get(recorded) ?? 'notDone');
  }

  async before(request: WireRequest): Promise<void> {
    const message = this.#of(request);
    if (message !== undefined) await this.parts.actor.prepare(message.recorded, request);
  }

  handled(request: WireRequest): void {
    const message = this.#of(request);
    if (message !== undefined) message.isHandled = true;
  }

  async mayHear(request: WireRequest): Promise<void> {
    await this.#of(request)?.hearing;
  }

  after(request: WireRequest, reply: WireReply | null): void {
    const message = this.#of(request);
    if (message === undefined) return;
    message.reply = reply;
    message.isOver = true;
  }

  /**
   * The recorded message that this one is. A file from before terminals had keys knows of no challenge: then the login
   * comes first there, and what is asked before it is let through, as is everything that is not judged.
   */
  #next(key: string): ReplayedMessage | undefined {
    const isWanted = (other: string): boolean =>
      other === key || (key === CHALLENGE && other === LOGIN);
    const end = this.#pageEnd();
    const first = this.messages.find(
      ({ recorded, isSent }) => isWanted(recorded.key) && !isSent && recorded.asked < end,
    );
    return first?.recorded.key === key ? first : undefined;
  }

  /** Place at which the page of now goes. `position` is that of an entry, from 1. */
  #pageEnd(): number {
    const { starts } = this.parts;
    return starts.find((place) => place > this.position - 1) ?? Number.POSITIVE_INFINITY;
  }

  #of(request: WireRequest): ReplayedMessage | undefined {
    return this.messages.find((message) => message.request === request);
  }
}

function gate(): [Promise<void>, () => void] {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [opened, () => open()];
}

const keyOf = ({ method, path }: WireRequest): string => `${method} ${path.split('?')[0]}`;
