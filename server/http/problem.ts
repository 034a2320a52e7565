import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { AppError } from '../../shared/errors/app-error';
import { ERRORS, type ErrorCode } from '../../shared/errors/registry';
import type { Problem } from '../../shared/protocol/messages';
import type { ServerContext } from '../context';
import { storeError } from '../store/busy-error';

/** Seconds after which a busy server may be asked again. */
const RETRY_AFTER = '5';

/** Errors that Express's own parsers raise, by their `type`. */
const PARSER_CODES: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'BODY_TOO_LARGE',
  'entity.parse.failed': 'BAD_REQUEST',
  'encoding.unsupported': 'BAD_REQUEST',
  'charset.unsupported': 'BAD_REQUEST',
  'request.size.invalid': 'BAD_REQUEST',
  'request.aborted': 'BAD_REQUEST',
};

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const type =
    typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
  const code = PARSER_CODES[type];
  if (code !== undefined) return new AppError(code);
  if (error instanceof URIError || isUnreadable(error)) return new AppError('BAD_REQUEST');
  return storeError(error);
}

/**
 * A body that says it is compressed and is not, whichever way: the sender's fault, no defect of ours. Zlib's errors have
 * a code for each format; what reads bodies has marked them all as the request's.
 */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error &&
  'expose' in error &&
  error.expose === true &&
  'statusCode' in error &&
  error.statusCode === 400;

/** RFC 9457: what happened by code, nothing of the server's inside. */
export function problemOf(error: AppError, requestId: string): Problem {
  const entry = ERRORS[error.code];
  const { epoch } = error.details;
  return {
    type: `urn:mostrador:error:${error.code}`,
    title: entry.meaning,
    status: entry.status,
    code: error.code,
    detail: entry.remedy,
    requestId,
    ...(typeof epoch === 'string' ? { epoch } : {}),
  };
}

export function sendProblem(response: Response, error: AppError, requestId: string): void {
  const problem = problemOf(error, requestId);
  const { retryAfter } = error.details;
  if (typeof retryAfter === 'number') response.setHeader('retry-after', String(retryAfter));
  else if (problem.status === 503) response.setHeader('retry-after', RETRY_AFTER);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

export const problemHandler =
  ({ log }: ServerContext): ErrorRequestHandler =>
  (thrown, _request, response, next) => {
    const error = toAppError(thrown);
    const requestId = String(response.locals['requestId'] ?? '');
    if (error.code === 'INTERNAL') log.error({ requestId, err: thrown }, 'defect');
    else if (error.code === 'STORE_BUSY') log.warn({ requestId, err: thrown }, 'store busy');
    if (response.headersSent) {
      next(thrown);
      return;
    }
    sendProblem(response, error, requestId);
  };

export const notFound: RequestHandler = () => {
  throw new AppError('NOT_FOUND');
};
