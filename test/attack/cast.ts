import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import type { AttackedServer } from './attacked-server';

/** Who sends: real terminals with real sessions, and cookies that belong together or do not. */
export interface Cast {
  owner: ApiTerminal;
  supervisor: ApiTerminal;
  cashier: ApiTerminal;
  foreigner: ApiTerminal;
  revoked: ApiTerminal;
  /** By name, as the header is sent; '' for none. */
  cookies: Readonly<Record<string, string>>;
  /** Tickets that the server has accepted from the cashier's terminal: for replays. */
  sold: Invoice[];
}

export async function castOf(server: AttackedServer): Promise<Cast> {
  const take = (codes: string[]) => ({
    url: server.url,
    newCode: () => Promise.resolve(codes.shift() ?? ''),
  });
  const here = take(server.codes.demo);
  const owner = await apiTerminal(here, 'duena');
  const supervisor = await apiTerminal(here, 'supervisora');
  const cashier = await apiTerminal(here, 'cajero1');
  const revoked = await apiTerminal(here, 'cajero2');
  const foreigner = await apiTerminal(take(server.codes.other), 'duena');
  const products = (await cashier.pull('products', 0, 5)).documents as Product[];
  const sold = products.map((product) => cashier.ticket([product]));
  const reply = await cashier.push('invoices', sold);
  if (reply.accepted.length !== sold.length) throw new Error('the first sales were not accepted');
  await owner.request('DELETE', `/api/terminals/${revoked.session.terminal.id}`);
  const cookie = ({ jar }: ApiTerminal): string =>
    [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const mixed = (terminal: ApiTerminal, session: ApiTerminal): string =>
    `mostrador_terminal=${terminal.jar.get('mostrador_terminal')}; mostrador_session=${session.jar.get('mostrador_session')}`;
  return {
    owner,
    supervisor,
    cashier,
    foreigner,
    revoked,
    sold,
    cookies: {
      none: '',
      garbage: 'mostrador_terminal=%00; mostrador_session=__proto__; =; ;;',
      owner: cookie(owner),
      supervisor: cookie(supervisor),
      cashier: cookie(cashier),
      foreigner: cookie(foreigner),
      revoked: cookie(revoked),
      'cashier at the owner’s terminal': mixed(owner, cashier),
      'foreign session': mixed(cashier, foreigner),
    },
  };
}
