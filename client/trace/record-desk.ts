import { AppError } from '../../shared/errors/app-error';
import { RECORDED_CALLS, typedName } from './recorded-calls';
import type { Recorder } from './recorder';
import type { EntryOf } from './trace-entry';

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'UNEXPECTED');

/** Services that write: what is stored while one of their calls is on is that call's. */
const WRITING = new Set(['sales', 'clients', 'products', 'stock', 'shifts', 'attention']);

/** What the desk says of itself when a call begins; null: something is under way. */
export type AtRest = () => EntryOf<'call'>['rest'] | null;

/** Stands where a name was typed that nobody here has. */
export const NOBODY = 'desconocido';

/**
 * The desk's services, with a note of each call that changes something, before it and after it. What was typed as a user
 * name is written down only where it is one (`isName`), or shows itself to be one when the call goes well.
 */
export function recordDesk<D extends object>(
  desk: D,
  recorder: Recorder,
  atRest: AtRest,
  isName: (userName: string) => boolean,
): D {
  let open = 0;
  const services = desk as Record<string, object>;
  const recorded = Object.entries(RECORDED_CALLS).flatMap(([service, methods]) => {
    const original = services[service];
    if (original === undefined) return [];
    const members = original as Record<string, (...args: unknown[]) => unknown>;
    const wrapped = Object.entries(methods).flatMap(([method, encode]) => {
      const call = members[method];
      if (call === undefined) return [];
      const noted = (...args: unknown[]): unknown => {
        const op = recorder.next();
        const encoded = (encode as (...given: unknown[]) => unknown[])(...args);
        const typed = typedName(encoded);
        const userName = typed?.userName ?? NOBODY;
        const isKnown = isName(userName);
        if (typed !== null && !isKnown) typed.userName = NOBODY;
        const rest = open === 0 ? (atRest() ?? undefined) : undefined;
        recorder.add({
          kind: 'call',
          op,
          call: { service, method, args: encoded },
          ...(rest === undefined ? {} : { rest }),
        });
        open += 1;
        const ended = (code: string): void => {
          open -= 1;
          recorder.ends(op);
          if (typed !== null && !isKnown && code === '') {
            recorder.add({ kind: 'named', op, userName });
          }
          recorder.add({ kind: 'done', op, code });
        };
        if (WRITING.has(service)) recorder.begins(op);
        try {
          const result = call(...args);
          if (!(result instanceof Promise)) {
            ended('');
            return result;
          }
          return result.then(
            (value: unknown) => {
              ended('');
              return value;
            },
            (error: unknown) => {
              ended(codeOf(error));
              throw error;
            },
          );
        } catch (error) {
          ended(codeOf(error));
          throw error;
        }
      };
      return [[method, noted] as const];
    });
    return [[service, { ...original, ...Object.fromEntries(wrapped) }] as const];
  });
  return { ...desk, ...Object.fromEntries(recorded) };
}
