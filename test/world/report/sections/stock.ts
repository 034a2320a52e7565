import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { badge, card, figures, lead, section, table } from '../page/parts';
import { timeText } from '../timeline/axis';
import { messagesOf } from '../timeline/messages';
import type { Names } from '../words/names';
import { counted, units } from '../words/value-words';

/** A movement of the server's ledger, with when and from whom the document came that it follows from. */
type Move = RunResult['moves'][number] & { accepted: Acceptance | null };
interface Acceptance {
  at: number;
  terminal: string;
}

/** A product's stock as the ledger adds it up, and as every side shows it. */
export interface StockAccount {
  productId: string;
  /** Opening first, then in the order in which the server accepted them. */
  moves: readonly Move[];
  sum: number;
  /** Null: the server has no stock of it. */
  onHand: number | null;
  shown: readonly Shown[];
}

interface Shown {
  terminal: string;
  shown: number | null;
  /** Documents of its own that may move stock and that the server has not acknowledged. */
  unsent: number;
}

/** The accounts of all products, those that moved first. */
export function accountsOf(result: RunResult): StockAccount[] {
  const { server, moves, terminals } = result;
  const accepted = acceptances(result);
  const byProduct = new Map<string, Move[]>();
  for (const move of moves) {
    const own = byProduct.get(move.productId) ?? [];
    own.push({ ...move, accepted: accepted.get(move.sourceId) ?? null });
    byProduct.set(move.productId, own);
  }
  const accounts = (server['products'] ?? []).map((product): StockAccount => {
    const productId = String(product['id']);
    const own = byProduct.get(productId) ?? [];
    const stock = server['stock']?.find((document) => document['id'] === productId);
    return {
      productId,
      moves: own.sort((a, b) => placeOf(a) - placeOf(b)),
      sum: own.reduce((sum, { quantity }) => sum + quantity, 0),
      onHand: stock === undefined ? null : Number(stock['onHand']),
      shown: Object.entries(terminals).map(([terminal, state]) => ({
        terminal,
        shown: state.shownStock[productId] ?? null,
        unsent: (state.pending['invoices'] ?? 0) + (state.pending['movements'] ?? 0),
      })),
    };
  });
  return accounts.sort((a, b) => Number(hasMoved(b)) - Number(hasMoved(a)));
}

const placeOf = ({ source, accepted }: Move): number =>
  source === 'opening' ? -1 : (accepted?.at ?? Number.MAX_SAFE_INTEGER);

const hasMoved = ({ moves }: StockAccount): boolean =>
  moves.some(({ source }) => source !== 'opening');

const isBalanced = ({ sum, onHand }: StockAccount): boolean => (onHand ?? 0) === sum;

/** Opening, every movement, their sum, and what each side shows. */
export function stockSection(result: RunResult, names: Names): Html {
  const accounts = accountsOf(result);
  const moved = accounts.filter((account) => hasMoved(account) || !isBalanced(account));
  const still = accounts.length - moved.length;
  const wrong = accounts.filter((account) => !isBalanced(account)).length;
  return section(
    'stock',
    'Ledger of stock',
    lead(
      sentence(accounts.length, wrong),
      still > 0 && ` ${counted(still, 'product')} did not move.`,
    ),
    html`<div class="accounts">${moved.map((account) => accountCard(account, names))}</div>`,
  );
}

const sentence = (products: number, wrong: number): string =>
  wrong === 0
    ? `Stock is opening plus movements for every one of ${counted(products, 'product')}.`
    : `${counted(wrong, 'product')} of ${products} do not add up.`;

/** When, and from whom, the server first accepted a document. */
function acceptances({ trace }: RunResult): Map<string, Acceptance> {
  const found = new Map<string, Acceptance>();
  for (const { terminal, arrivals } of messagesOf(trace)) {
    for (const { at, content } of arrivals) {
      for (const { id, result } of content.rows ?? []) {
        if (result === 'accepted' && !found.has(id)) found.set(id, { at, terminal });
      }
    }
  }
  return found;
}

function accountCard(account: StockAccount, names: Names): Html {
  const { productId, moves, sum, onHand, shown } = account;
  let running = 0;
  const rows = moves.map(({ source, sourceId, quantity, accepted }) => {
    running += quantity;
    const isOpening = source === 'opening';
    return {
      cells: [
        isOpening ? 'Opening' : names.of(source, sourceId),
        isOpening ? '' : (accepted?.terminal ?? 'at the server'),
        accepted === null ? '' : timeText(accepted.at),
        units(quantity, !isOpening),
        units(running),
      ],
    };
  });
  const title = names.of('products', productId);
  const grade = isBalanced(account) ? 'ok' : 'bad';
  const words = isBalanced(account) ? 'adds up' : 'does not add up';
  return card(
    {
      title,
      badges: [(onHand ?? 0) < 0 && badge('warn', 'oversold'), badge(grade, words)],
    },
    table(
      [
        { head: 'Movement' },
        { head: 'From' },
        { head: 'Accepted at' },
        { head: 'Units', isNumber: true },
        { head: 'Sum', isNumber: true },
      ],
      rows,
      `Movements of ${title}`,
    ),
    figures([
      { name: 'Sum', value: units(sum), grade },
      { name: 'Server has', value: units(onHand), grade },
      ...shown.map((side) => shownFigure(side, onHand)),
    ]),
  );
}

function shownFigure({ terminal, shown, unsent }: Shown, onHand: number | null) {
  const isSame = shown === onHand;
  const why = unsent > 0 ? ' (own sales not sent yet)' : ' (not synced yet)';
  return {
    name: `${terminal} shows`,
    value: html`${units(shown)}${!isSame && html`<small>${why}</small>`}`,
    grade: isSame ? ('ok' as const) : ('warn' as const),
  };
}
