import { EventEmitter } from 'node:events';

/* The rest of Node that the server's packages name when they are read, and of which a request in memory needs little. */

/* util */
export const inherits = (child: { prototype: object }, parent: { prototype: object }): void => {
  Object.setPrototypeOf(child.prototype, parent.prototype);
};
export const inspect = (value: unknown): string => String(value);
export const deprecate = <T>(call: T): T => call;

/* url */
export function parse(text: string) {
  const url = new URL(text, 'http://world');
  const { pathname, search, hash } = url;
  const query = search === '' ? null : search.slice(1);
  return { pathname, search, query, hash, path: pathname + search, href: text };
}
export class Url {}
export const fileURLToPath = (url: string): string => url;

/* net */
export const isIPv4 = (text: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(text);
export const isIPv6 = (text: string): boolean => text.includes(':');
/** Of a database over the network, which no world has. */
export class Socket extends EventEmitter {}
export const isIP = (text: string): number => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

/* os, timers */
export const tmpdir = (): string => '/tmp';
const later = (): Promise<void> => new Promise((resolve) => globalThis.setImmediate(resolve));

const delay = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    globalThis.setTimeout(resolve, ms);
  });

export { delay as setTimeout, EventEmitter, later as setImmediate };

export default { inherits, inspect, deprecate, parse, Url, isIP, isIPv4, isIPv6, tmpdir };
