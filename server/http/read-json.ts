import type { TSchema } from '@sinclair/typebox';
import express, { type RequestHandler } from 'express';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import { LIMITS } from '../../shared/protocol/limits';

/** Reads a body of at most so many bytes, counted after any gzip, as text. BODY_TOO_LARGE. */
export const readTextOf = (limit: number): RequestHandler =>
  express.text({ type: () => true, limit });

/** Reads a body of a bounded size as text. BODY_TOO_LARGE. */
export const readText: RequestHandler = readTextOf(LIMITS.bodyBytes);

/** Deepest nesting of brackets outside of strings; one pass, before anything is built from the text. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i += 1;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return deepest;
}

/** Turns the text of a body into JSON of a bounded depth. TOO_DEEP, BAD_REQUEST. */
export const parseJson: RequestHandler = (request, _response, next) => {
  const raw: unknown = request.body;
  if (typeof raw !== 'string' || raw === '') throw new AppError('BAD_REQUEST');
  if (depthOf(raw) > LIMITS.jsonDepth) throw new AppError('TOO_DEEP');
  try {
    request.body = JSON.parse(raw);
  } catch (cause) {
    throw new AppError('BAD_REQUEST', {}, { cause });
  }
  next();
};

const readJsonBy =
  (read: RequestHandler): RequestHandler =>
  (request, response, next) => {
    read(request, response, (error?: unknown) => {
      if (error !== undefined) next(error);
      else parseJson(request, response, next);
    });
  };

/** A body as JSON, wherever its sender needs no look first. */
export const readJson: RequestHandler = readJsonBy(readText);

/** A form's worth of JSON, from whoever sends it. */
export const readSmallJson: RequestHandler = readJsonBy(readTextOf(16 * 1024));

/** The body as its schema has it, or BAD_REQUEST. */
export function parseBody<T>(schema: TSchema, body: unknown): T {
  const parsed = validate<T>(schema, body);
  if (!parsed.ok) throw new AppError('BAD_REQUEST', { path: parsed.path });
  return parsed.value;
}
