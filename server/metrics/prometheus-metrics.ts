import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { ServerMetrics } from './server-metrics';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE']);

/**
 * Counts for Prometheus, of this process alone: whoever collects adds the nodes up. Every label has a bounded number of
 * values, whatever is sent.
 */
export function prometheusMetrics(): ServerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'mostrador_http_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['method', 'route', 'status'] as const,
    registers,
  });
  const seconds = new Histogram({
    name: 'mostrador_http_request_seconds',
    help: 'From the first line of a request to the end of its answer.',
    labelNames: ['method', 'route'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const rows = new Histogram({
    name: 'mostrador_push_rows',
    help: 'Rows of a push that was applied.',
    labelNames: ['collection'] as const,
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
    registers,
  });
  const outcomes = new Counter({
    name: 'mostrador_push_outcomes_total',
    help: 'Rows of pushes by what became of them.',
    labelNames: ['collection', 'outcome'] as const,
    registers,
  });
  const refusals = new Counter({
    name: 'mostrador_push_rejected_total',
    help: 'Rows that were refused, by code.',
    labelNames: ['collection', 'code'] as const,
    registers,
  });
  const lag = new Histogram({
    name: 'mostrador_pull_lag',
    help: 'Sequence numbers by which a terminal was behind a collection when it asked.',
    labelNames: ['collection'] as const,
    buckets: [0, 1, 10, 100, 1000, 10_000, 100_000],
    registers,
  });
  const pending = new Histogram({
    name: 'mostrador_terminal_pending',
    help: 'Documents that a terminal reported as pending.',
    labelNames: ['collection'] as const,
    buckets: [0, 1, 5, 10, 50, 100, 500, 1000, 5000],
    registers,
  });
  return {
    requestEnded({ method, route, status, seconds: took }) {
      const labels = { method: METHODS.has(method) ? method : 'other', route };
      requests.inc({ ...labels, status });
      seconds.observe(labels, took);
    },
    pushed(collection, count, reply) {
      rows.observe({ collection }, count);
      const { accepted, superseded, conflicts, rejected } = reply;
      const counts = { accepted, superseded, conflicts, rejected };
      for (const [outcome, list] of Object.entries(counts)) {
        if (list.length > 0) outcomes.inc({ collection, outcome }, list.length);
      }
      for (const { code } of rejected) refusals.inc({ collection, code });
    },
    pulled(collection, behind) {
      lag.observe({ collection }, behind);
    },
    reported(counts) {
      for (const [collection, count] of Object.entries(counts)) {
        if (count !== null) pending.observe({ collection }, count);
      }
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
