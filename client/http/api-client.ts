import type { TSchema } from '@sinclair/typebox';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import { isErrorCode } from '../../shared/errors/registry';
import { problemSchema } from '../../shared/protocol/messages';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../shared/protocol/version';

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path with query, from `/`. */
  path: string;
  body?: unknown;
  /** A body that is JSON already, perhaps compressed: what is too large to be made here while a person waits. */
  packed?: { bytes: Uint8Array<ArrayBuffer>; isGzip: boolean };
  signal?: AbortSignal;
}

/** Asks the server and parses what it answers; throws AppError only, with the server's code where it gave one. */
export interface ApiClient {
  request<T>(request: ApiRequest, reply: TSchema): Promise<T>;
}

export interface ApiClientOptions {
  /** '' in the browser (same origin); `http://host:port` in tests. */
  baseUrl: string;
  fetch: typeof fetch;
  /** Milliseconds for one request; a page over a slow line takes seconds, a dead one must end. */
  timeoutMs: number;
  /** Told of every answer and every failure to get one: the status bar's connection follows from it. */
  onContact?: (contact: { reached: boolean; serverDate: string | null }) => void;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  return {
    async request<T>(request: ApiRequest, reply: TSchema): Promise<T> {
      const response = await send(options, request);
      if (response.status === 204) return undefined as T;
      /* Whoever says it, a proxy too: the server is there, and wants to be left alone for a while. */
      if (response.status === 429) throw new AppError('TOO_MANY_REQUESTS', heard(response));
      if (isBusyProxy(response)) throw new AppError('SERVER_BUSY', heard(response));
      const body: unknown = await readJson(response, request);
      if (!response.ok) throw problemError(response, body);
      const parsed = validate<T>(reply, body);
      if (!parsed.ok) {
        throw new AppError('BAD_RESPONSE', {
          path: request.path,
          at: parsed.path,
          why: parsed.message,
        });
      }
      return parsed.value;
    },
  };
}

async function send(options: ApiClientOptions, request: ApiRequest): Promise<Response> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  const body =
    request.packed?.bytes ??
    (request.body === undefined ? undefined : JSON.stringify(request.body));
  try {
    const response = await options.fetch(`${options.baseUrl}${request.path}`, {
      method: request.method,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.packed?.isGzip === true ? { 'content-encoding': 'gzip' } : {}),
      },
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
      ...(body === undefined ? {} : { body }),
    });
    options.onContact?.({ reached: true, serverDate: response.headers.get('date') });
    return response;
  } catch (cause) {
    throw transportError(options, request, timeout, cause);
  }
}

function transportError(
  options: ApiClientOptions,
  request: ApiRequest,
  timeout: AbortSignal,
  cause: unknown,
): AppError {
  if (request.signal?.aborted) return new AppError('CANCELLED', {}, { cause });
  options.onContact?.({ reached: false, serverDate: null });
  return new AppError(timeout.aborted ? 'TIMEOUT' : 'NETWORK', { path: request.path }, { cause });
}

async function readJson(response: Response, request: ApiRequest): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (request.signal?.aborted) throw new AppError('CANCELLED', {}, { cause });
    /* A captive portal's page, or an answer that was cut. */
    throw new AppError('BAD_RESPONSE', { path: request.path, status: response.status }, { cause });
  }
}

/** A proxy that lets nobody through for a while; what our server says has a code of its own. */
const isBusyProxy = (response: Response): boolean =>
  response.status === 503 &&
  response.headers.get('retry-after') !== null &&
  !(response.headers.get('content-type') ?? '').includes('json');

const heard = (response: Response) => ({
  status: response.status,
  retryAfter: response.headers.get('retry-after'),
});

/** Servers up to protocol 2 say the same whoever of the two is too old; the header of their answer tells it. */
const isBehind = (response: Response, code: string): boolean =>
  code === 'PROTOCOL_MISMATCH' &&
  Number(response.headers.get(PROTOCOL_HEADER) ?? Number.NaN) < PROTOCOL_VERSION;

function problemError(response: Response, body: unknown): AppError {
  const problem = validate<{ code: string; epoch?: string; detail?: string }>(problemSchema, body);
  if (!problem.ok || !isErrorCode(problem.value.code)) {
    return new AppError('BAD_RESPONSE', { status: response.status });
  }
  const { epoch, detail } = problem.value;
  const code = isBehind(response, problem.value.code) ? 'SERVER_BEHIND' : problem.value.code;
  return new AppError(code, {
    ...heard(response),
    ...(epoch === undefined ? {} : { epoch }),
    ...(detail === undefined ? {} : { detail }),
  });
}
