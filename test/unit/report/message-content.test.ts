import { contentOf } from '../../world/message-content';

const ask = (path: string, body?: object) => ({
  method: body === undefined ? 'GET' : 'POST',
  path,
  headers: {},
  body: body === undefined ? undefined : JSON.stringify(body),
});
const answer = (status: number, body: object | string) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const push = {
  epoch: 'e',
  rows: ['a', 'b', 'c', 'd', 'e'].map((id) => ({
    newDocumentState: { id, ver: 1, edit: `edit-${id}`, name: 'mine', phone: '1' },
    assumedMasterState: { id, ver: 1, edit: 'old', name: 'base', phone: '1' },
  })),
};
const pushed = {
  accepted: [{ id: 'a', ver: 2 }],
  superseded: [{ id: 'b', ver: 7 }],
  conflicts: [{ id: 'c', ver: 3, edit: 'other', name: 'theirs', phone: '1' }],
  rejected: [{ id: 'd', code: 'NO', message: 'no' }],
};

test('each pushed row has the result that the answer gives it', () => {
  const { rows } = contentOf(ask('/api/sync/clients', push), answer(200, pushed));
  expect(rows).toEqual([
    { id: 'a', result: 'accepted', ver: 2 },
    { id: 'b', result: 'superseded', ver: 7 },
    {
      id: 'c',
      result: 'conflict',
      ver: 3,
      edit: 'edit-c',
      fields: [{ field: 'name', base: 'base', mine: 'mine', theirs: 'theirs' }],
    },
    { id: 'd', result: 'rejected', code: 'NO', message: 'no' },
    { id: 'e', result: 'none' },
  ]);
});

test('a pull tells from where and what is left', () => {
  const reply = { documents: [{ id: 'a', ver: 4, name: 'x' }], checkpoint: {}, remaining: 9 };
  expect(contentOf(ask('/api/sync/clients?epoch=e&seq=12&limit=1'), answer(200, reply))).toEqual({
    since: 12,
    documents: [{ id: 'a', ver: 4 }],
    remaining: 9,
  });
});

test('an error tells its code, on any address', () => {
  const problem = answer(409, { code: 'EPOCH_CHANGED' });
  expect(contentOf(ask('/api/sync/clients'), problem)).toEqual({ code: 'EPOCH_CHANGED' });
  expect(contentOf(ask('/api/session', {}), problem)).toEqual({ code: 'EPOCH_CHANGED' });
});

test('what cannot be read, and what is no sync, carries nothing', () => {
  expect(contentOf(ask('/api/sync/clients', push), answer(200, '{"accepted":['))).toEqual({});
  expect(contentOf(ask('/api/sync/status'), answer(200, { collections: {} }))).toEqual({});
  expect(contentOf(ask('/api/session', {}), answer(201, { user: {} }))).toEqual({});
  expect(contentOf(ask('/api/session', {}), answer(502, '<html>'))).toEqual({});
});
