import { Buffer } from 'node:buffer';

/** A file system in memory, as far as the world and its server use Node's: files by their path; folders are what paths say. */
const files = new Map<string, Uint8Array>();
let lastFolder = 0;

const under = (folder: string): string[] =>
  [...files.keys()].filter((file) => file.startsWith(`${folder}/`));

export const existsSync = (path: string): boolean => files.has(path) || under(path).length > 0;
export const mkdirSync = (): void => undefined;

export function mkdtempSync(prefix: string): string {
  lastFolder += 1;
  return `${prefix}${lastFolder}`;
}

export const readdirSync = (folder: string): string[] => [
  ...new Set(under(folder).map((file) => file.slice(folder.length + 1).split('/')[0] ?? '')),
];

export function readFileSync(path: string): Buffer {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`ENOENT: ${path}`);
  return Buffer.from(bytes);
}

export function writeFileSync(path: string, bytes: Uint8Array): void {
  files.set(path, Uint8Array.from(bytes));
}

export function rmSync(path: string): void {
  for (const file of [path, ...under(path)]) files.delete(file);
}

export function cpSync(from: string, to: string): void {
  for (const file of under(from)) {
    const bytes = files.get(file);
    if (bytes !== undefined) files.set(to + file.slice(from.length), bytes);
  }
}
export default { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync };
