import { Type } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import { EQUALITIES } from '../../shared/proof/equality';
import type { Flow } from '../../shared/sync/flow-machine';
import type { Settings } from '../db/settings';

/** Where the open syncing dialog is kept for a reload. It belongs to one tab: another tab has its own dialogs. */
export interface FlowStore {
  load(): Promise<Flow | null>;
  save(flow: Flow): Promise<void>;
}

const summary = Type.Object({
  unit: Type.String(),
  status: Type.String(),
  counts: Type.Object({
    received: Type.Number(),
    sent: Type.Number(),
    conflicts: Type.Number(),
    rejected: Type.Number(),
  }),
  equality: Type.Union([Type.Null(), ...EQUALITIES.map((name) => Type.Literal(name))]),
  pending: Type.Union([Type.Number(), Type.Null()]),
  errorCode: Type.Union([Type.String(), Type.Null()]),
});
const maybeSummary = Type.Union([summary, Type.Null()]);
const singleUnit = Type.Union([Type.Literal('clients'), Type.Literal('products')]);

const flowSchema = Type.Union([
  Type.Object({ kind: Type.Literal('none') }),
  Type.Object({
    kind: Type.Literal('login'),
    step: Type.Integer({ minimum: 0, maximum: 2 }),
    result: maybeSummary,
  }),
  Type.Object({ kind: Type.Literal('confirmSingle'), unit: singleUnit }),
  Type.Object({ kind: Type.Literal('single'), unit: singleUnit, result: maybeSummary }),
  Type.Object({ kind: Type.Literal('confirmAll'), thenLogout: Type.Boolean() }),
  Type.Object({
    kind: Type.Literal('all'),
    stage: Type.Integer({ minimum: 0, maximum: 3 }),
    results: Type.Record(Type.String(), summary),
    running: Type.Boolean(),
    thenLogout: Type.Boolean(),
  }),
  Type.Object({ kind: Type.Literal('logoutGuard') }),
]);

/** Checked when it is read: an older version of the product may have left another shape, which is then forgotten. */
function parseFlow(value: unknown): Flow | null {
  const parsed = validate<Flow>(flowSchema, value);
  return parsed.ok ? parsed.value : null;
}

/** Browser: `sessionStorage`, which lives as long as the tab and survives its reload. */
export const sessionFlowStore = (storage: Storage): FlowStore => ({
  load: () => {
    const text = storage.getItem('flow');
    if (text === null) return Promise.resolve(null);
    try {
      return Promise.resolve(parseFlow(JSON.parse(text)));
    } catch {
      return Promise.resolve(null);
    }
  },
  /* Async, so that a store that is full rejects, rather than throws into whoever changes the flow. */
  save: async (flow) => storage.setItem('flow', JSON.stringify(flow)),
});

/** Terminals without tabs (tests): beside the other settings. */
export const settingsFlowStore = (settings: Settings): FlowStore => ({
  load: async () => parseFlow(await settings.get('flow')),
  save: (flow) => settings.set('flow', flow),
});
