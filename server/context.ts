import type { Logger } from 'pino';
import type { AdmissionLimits } from './http/admission';
import type { ServerMetrics } from './metrics/server-metrics';
import type { ServerPorts } from './ports';
import type { Store } from './store/port';

/** What the server's parts share; the one that makes it closes it. */
export interface ServerContext {
  store: Store;
  ports: ServerPorts;
  log: Logger;
  /** Folder of the built client, or null: then only the API is served. */
  clientDir: string | null;
  /** One-time code for the set-up of an empty server; it is of no use once there is a store. */
  setupCode: string;
  /** Number of proxies in front whose X-Forwarded-* headers are believed. */
  trustProxy: number;
  /** Null where nothing is counted. */
  metrics: ServerMetrics | null;
  /** Who shows it may read the metrics; '' for none: then this machine only. */
  metricsToken: string;
  /** What the node is at: `leaving` still works, and asks to be left out; `closing` takes nothing new. */
  life: { phase: 'serving' | 'leaving' | 'closing' };
  /** How much of syncing is let in at a time; the usual limits where it says nothing. */
  admission?: AdmissionLimits;
}
