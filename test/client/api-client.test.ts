import { Type } from '@sinclair/typebox';
import { createApiClient } from '../../client/http/api-client';
import { ERRORS } from '../../shared/errors/registry';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../shared/protocol/version';

/** The code with which a request ends that is answered "another protocol" by a server of this one. */
async function codeAgainst(protocol: number | null): Promise<string> {
  const { status, meaning: title, remedy: detail } = ERRORS.PROTOCOL_MISMATCH;
  const problem = {
    type: 'urn:x',
    title,
    status,
    code: 'PROTOCOL_MISMATCH',
    detail,
    requestId: 'r',
  };
  const headers = protocol === null ? {} : { [PROTOCOL_HEADER]: String(protocol) };
  const api = createApiClient({
    baseUrl: '',
    timeoutMs: 1000,
    fetch: async () => new Response(JSON.stringify(problem), { status, headers }),
  });
  const asked = api.request({ method: 'GET', path: '/api/sync/status' }, Type.Object({}));
  return asked.then(
    () => '',
    (error: { code: string }) => error.code,
  );
}

test('P96 who of the two is behind follows from the protocol that the server names', async () => {
  expect(await codeAgainst(PROTOCOL_VERSION - 1)).toBe('SERVER_BEHIND');
  expect(await codeAgainst(PROTOCOL_VERSION)).toBe('PROTOCOL_MISMATCH');
  expect(await codeAgainst(PROTOCOL_VERSION + 1)).toBe('PROTOCOL_MISMATCH');
  expect(await codeAgainst(null)).toBe('PROTOCOL_MISMATCH');
});
