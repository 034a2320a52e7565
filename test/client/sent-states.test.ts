import type { Settings } from '../../client/db/settings';
import { noteBase } from '../../client/pending/built-on';
import { SentStates } from '../../client/sync/sent-states';
import type { Product } from '../../schemas/products';
import { aProduct } from '../dom/a-product';

let values: Map<string, unknown>;
let settings: Settings;
let sent: SentStates;

beforeEach(() => {
  values = new Map();
  settings = {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    remove: async (key) => void values.delete(key),
    update: async (key, change) => {
      const next = change(structuredClone(values.get(key)));
      values.set(key, structuredClone(next));
      return next;
    },
  };
  sent = new SentStates(() => settings);
});

const state = (edit: string, ver: number, pending: 0 | 1, price = 100): Product =>
  aProduct({ edit, ver, pending, price });
const first = state('first', 1, 0);
const acknowledged = state('second', 2, 0, 200);
const edited = state('third', 2, 1, 300);
const sending = (mine: Product, assumed?: Product) =>
  sent.sending('products', [
    {
      newDocumentState: mine,
      ...(assumed === undefined ? {} : { assumedMasterState: assumed }),
    },
  ]);

test('T13 an edit goes out over what it was made on, whatever RxDB takes for that', async () => {
  await noteBase(settings, 'products', acknowledged);
  const [row] = await sending(edited, first);
  expect(row?.assumedMasterState).toEqual(acknowledged);
});

test('T13 a further edit of what is pending is still built on what the first one was', async () => {
  await noteBase(settings, 'products', acknowledged);
  await noteBase(settings, 'products', edited);
  const [row] = await sending(state('fourth', 2, 1, 400), first);
  expect(row?.assumedMasterState).toEqual(acknowledged);
});

test('T13 an edit that is made between an acknowledgement and its being heard keeps its note', async () => {
  await sending(state('second', 1, 1, 200), first);
  await noteBase(settings, 'products', acknowledged);
  await sent.answered('products', {
    settled: [acknowledged.id],
    superseded: [],
    refused: [],
    conflicting: [],
  });
  sent.clear();
  const [row] = await sending(edited, first);
  expect(row?.assumedMasterState).toEqual(acknowledged);
});

test('a note of another version says nothing', async () => {
  await noteBase(settings, 'products', acknowledged);
  const [row] = await sending(state('later', 3, 1), state('theirs', 3, 0));
  expect(row?.assumedMasterState?.edit).toBe('theirs');
});

test('T6 a note of a life that is over is no base, but tells our own state apart', async () => {
  const note = { ver: 2, base: acknowledged, states: [], old: true };
  values.set('sent:products', { [edited.id]: note });
  const [row] = await sending(edited);
  expect(row).not.toHaveProperty('assumedMasterState');
  const foreign = state('foreign', 1, 0);
  expect(sent.pastOf({ mine: edited, base: undefined, theirs: foreign }).base).toBeUndefined();
  const ours = { ...acknowledged, ver: 1 };
  expect(sent.pastOf({ mine: edited, base: undefined, theirs: ours }).base).toEqual(ours);
});

test('T13 what was merged is built on the server’s state, also where that has the same version', async () => {
  await noteBase(settings, 'products', acknowledged);
  const theirs = state('theirs', 2, 0);
  await sending(edited);
  await sent.answered('products', {
    settled: [],
    superseded: [],
    refused: [],
    conflicting: [theirs],
  });
  const [row] = await sending(state('merged', 2, 1, 300), theirs);
  expect(row?.assumedMasterState).toEqual(theirs);
});

test('T13 what was in conflict and could not be merged before a crash keeps its base', async () => {
  const theirs = state('theirs', 3, 0);
  await noteBase(settings, 'products', acknowledged);
  await sending(edited);
  await sent.answered('products', {
    settled: [],
    superseded: [],
    refused: [],
    conflicting: [theirs],
  });
  sent.clear();
  await sending(edited, first);
  const [row] = await sending(state('again', 2, 1, 400), first);
  expect(row?.assumedMasterState).toEqual(acknowledged);
});

test('T13 what was refused is no past, and what was sent before it and never answered still is', async () => {
  await sending(state('second', 1, 1, 200), first);
  sent.clear();
  const refused = state('third', 1, 1, 300);
  await sending(refused, first);
  await sent.answered('products', {
    settled: [],
    superseded: [],
    refused: [refused],
    conflicting: [],
  });
  sent.clear();
  const mine = state('fourth', 1, 1, 400);
  await sending(mine, first);
  const { earlier } = sent.pastOf({ mine, base: first, theirs: state('second', 2, 0, 200) });
  expect(earlier?.map(({ edit }) => edit)).toEqual(['second']);
});

test('T13 an edit that is made while the server says that it has built on ours is built on ours', async () => {
  const ours = state('second', 1, 1, 200);
  await sending(ours, first);
  const theirs = state('theirs', 3, 0, 200);
  await sent.answered('products', {
    settled: [],
    superseded: [{ ours, theirs }],
    refused: [],
    conflicting: [],
  });
  const [row] = await sending(state('third', 1, 1, 300), first);
  expect(row?.assumedMasterState?.edit).toBe('second');
});
