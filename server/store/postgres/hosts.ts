import { AppError } from '../../../shared/errors/app-error';

export interface Hosts {
  /** An address for each host, of the form that the driver takes, in the order of preference. */
  urls: readonly string[];
  /** Only a host that takes writes will do. */
  primaryOnly: boolean;
}

const FORM = /^(postgres(?:ql)?:\/\/)([^/?]*@)?([^/?@]*)([^?]*)(?:\?(.*))?$/;
const ATTRIBUTE = 'target_session_attrs=';
const WRITES = ['read-write', 'primary'];

/**
 * Reads `postgres://user:password@one:5432,two/name?target_session_attrs=read-write`, PostgreSQL's form for a primary and its
 * standbys, which the driver does not know. Of several hosts only the primary is ever used, whether it is asked for
 * or not: a standby takes no sale. DATABASE_URL_BAD.
 */
export function parseHosts(url: string): Hosts {
  const [, scheme, login = '', list = '', rest = '', query = ''] = FORM.exec(url) ?? [];
  const names = list.split(',');
  const settings = query.split('&').filter((setting) => setting !== '');
  const wanted = settings.find((setting) => setting.startsWith(ATTRIBUTE))?.slice(ATTRIBUTE.length);
  if (scheme === undefined && url.includes('://')) {
    throw new AppError('DATABASE_URL_BAD', { part: 'scheme' });
  }
  /* One host needs no looking into: it may as well be a socket's folder. */
  if (names.length === 1 && wanted === undefined) return { urls: [url], primaryOnly: false };
  if (names.includes('')) throw new AppError('DATABASE_URL_BAD', { part: 'hosts' });
  if (wanted !== undefined && ![...WRITES, 'any'].includes(wanted)) {
    throw new AppError('DATABASE_URL_BAD', { part: 'target_session_attrs' });
  }
  const kept = settings.filter((setting) => !setting.startsWith(ATTRIBUTE)).join('&');
  const end = `${rest}${kept === '' ? '' : `?${kept}`}`;
  return {
    urls: names.map((name) => `${scheme}${login}${name}${end}`),
    primaryOnly: names.length > 1 || WRITES.includes(wanted ?? ''),
  };
}

/** Host and port of such an address, for the log: it says nothing of the login. */
export const hostOf = (url: string): string => FORM.exec(url)?.[3] ?? '';
