import { Buffer } from 'node:buffer';

/*
 * What Node's programs take for granted and a browser has not. It must be there before any of the server's packages is
 * read: whoever uses this imports it first.
 */

/** Tasks in the order in which they were asked for, each after all microtasks of the one before, as in Node. */
function immediates(): (run: (...given: unknown[]) => void, ...given: unknown[]) => void {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return (run, ...given) => {
    waiting.push(() => run(...given));
    channel.port2.postMessage(null);
  };
}

/** An encoding that Node has and the package has not; the server's tokens and signatures are written in it. */
const { toString: spell } = Buffer.prototype;
Buffer.prototype.toString = function (encoding?: BufferEncoding, ...range: number[]): string {
  if (encoding !== 'base64url') return spell.call(this, encoding, ...range);
  return spell
    .call(this, 'base64', ...range)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
};

const read = Buffer.from as (...given: unknown[]) => Buffer;
Object.assign(Buffer, {
  from: (value: unknown, encoding?: unknown, ...more: unknown[]) =>
    /* Read, the package's base64 takes the letters of both. */
    read.call(Buffer, value, encoding === 'base64url' ? 'base64' : encoding, ...more),
});

Object.assign(globalThis, {
  Buffer,
  global: globalThis,
  setImmediate: immediates(),
  process: {
    env: {},
    version: '',
    versions: {},
    platform: 'browser',
    cwd: () => '/',
    nextTick: (run: (...given: unknown[]) => void, ...given: unknown[]) =>
      queueMicrotask(() => run(...given)),
    emitWarning: () => undefined,
    on: () => undefined,
  },
});
