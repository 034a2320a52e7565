import type { Request } from 'express';

/**
 * The route that took a request, for counting: `/api/sync/:collection`, `page`, or `none`. Only of what routes are called,
 * never of what was asked for, so that nobody can make more of them. The place of a router is read from the address, since
 * an error has left the router when it is answered; where a route was found it is one of ours.
 */
export function routeOf(request: Request, address: string): string {
  const { route } = request as { route?: { path: unknown } };
  if (route === undefined) return 'none';
  const [first = '', second = ''] = address.toLowerCase().split('/').slice(1);
  if (first === 'health' || first === 'metrics') return `/${first}${pathOf(route)}`;
  return first === 'api' ? `/${first}/${second}${pathOf(route)}` : 'page';
}

const pathOf = ({ path }: { path: unknown }): string =>
  typeof path === 'string' && path !== '/' ? path : '';
