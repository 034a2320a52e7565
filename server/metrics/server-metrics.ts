import type { CollectionName } from '../../schemas/registry';
import type { PushReply } from '../../shared/protocol/messages';

/** What the server counts of itself; nothing of it names a person, a store or a terminal. */
export interface ServerMetrics {
  requestEnded(request: { method: string; route: string; status: number; seconds: number }): void;
  pushed(collection: CollectionName, rows: number, reply: PushReply): void;
  /** How many sequence numbers the asking terminal was behind the collection. */
  pulled(collection: CollectionName, behind: number): void;
  /** What a terminal just reported as pending, by collection; null: it could not read it. */
  reported(pending: Readonly<Record<string, number | null>>): void;
  /** All of it in Prometheus' text format, and that format's name. */
  text(): Promise<{ type: string; body: string }>;
}
