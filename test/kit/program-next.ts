const VERSION = '../../shared/protocol/version';

/** Loads modules as the program after this one: it speaks a protocol that nobody of today knows. Returns what ends it. */
export function programNext(): () => void {
  const actual = jest.requireActual<typeof import('../../shared/protocol/version')>(VERSION);
  const next = actual.PROTOCOL_VERSION + 1;
  jest.doMock(VERSION, () => ({ ...actual, PROTOCOL_VERSION: next }));
  return () => jest.dontMock(VERSION);
}
