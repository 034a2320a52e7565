/** Paths of the file system in memory: absolute, with slashes. */
export const sep = '/';

export function join(...parts: string[]): string {
  const kept: string[] = [];
  const text = parts.filter((part) => part !== '').join('/');
  for (const part of text.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `${text.startsWith('/') ? '/' : ''}${kept.join('/')}`;
}
export const normalize = (path: string): string => join(path);
export const resolve = (...parts: string[]): string => {
  const from = parts.findLastIndex((part) => part.startsWith('/'));
  return join('/', ...parts.slice(Math.max(0, from)));
};
export const isAbsolute = (path: string): boolean => path.startsWith('/');
export const basename = (path: string, ending = ''): string => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return ending !== '' && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
};
export const dirname = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
export const extname = (path: string): string => /\.[^./]*$/.exec(basename(path))?.[0] ?? '';
export default { sep, join, normalize, resolve, isAbsolute, basename, dirname, extname };
