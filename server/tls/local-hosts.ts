import { hostname, networkInterfaces } from 'node:os';

/** Names and addresses by which other machines of the network may know this one, and it itself. */
export function localHosts(): string[] {
  const name = hostname().toLowerCase();
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  const named = name.includes('.') || name === 'localhost' ? [name] : [name, `${name}.local`];
  return [...new Set(['localhost', ...named, ...addresses, '127.0.0.1', '::1'])];
}
