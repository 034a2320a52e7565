import { Type } from '@sinclair/typebox';
import { type Product, productSchema } from '../../../schemas/products';
import { validate } from '../../../schemas/validate';
import { TAX_RATES } from '../../../shared/fiscal/tax-rates';
import { invoiceTotals } from '../../../shared/money/invoice-totals';
import { type LineAmounts, lineAmounts } from '../../../shared/money/line-amounts';

export interface CartLine {
  readonly product: Product;
  /** Thousandths. */
  readonly quantity: number;
  /** Minor units, before tax. */
  readonly unitPrice: number;
  /** Basis points. */
  readonly discountRate: number;
}

/** A sale that is being typed: plain data, kept as a draft on every change. */
export interface Cart {
  readonly lines: readonly CartLine[];
  /** '' is a walk-in. */
  readonly clientId: string;
  readonly selected: number;
}

export const EMPTY_CART: Cart = { lines: [], clientId: '', selected: -1 };

export type CartEvent =
  | { type: 'add'; product: Product; quantity: number }
  | { type: 'change'; index: number; change: Partial<Omit<CartLine, 'product'>> }
  | { type: 'remove'; index: number }
  | { type: 'select'; index: number }
  | { type: 'client'; clientId: string }
  | { type: 'load'; cart: Cart }
  /** What a reload brings back; whoever has begun to type is faster than the disk, and wins. */
  | { type: 'restore'; cart: Cart };

/** The same product at the same price adds to its line; anything else is a line of its own. */
export function cartStep(cart: Cart, event: CartEvent): Cart {
  switch (event.type) {
    case 'add': {
      const { product, quantity } = event;
      const at = cart.lines.findIndex(
        (line) =>
          line.product.id === product.id &&
          line.unitPrice === product.price &&
          line.discountRate === 0,
      );
      if (at >= 0) {
        const lines = cart.lines.map((line, index) =>
          index === at ? { ...line, quantity: line.quantity + quantity } : line,
        );
        return { ...cart, lines, selected: at };
      }
      const line = { product, quantity, unitPrice: product.price, discountRate: 0 };
      return { ...cart, lines: [...cart.lines, line], selected: cart.lines.length };
    }
    case 'change':
      return {
        ...cart,
        lines: cart.lines.map((line, index) =>
          index === event.index ? { ...line, ...event.change } : line,
        ),
      };
    case 'remove': {
      const lines = cart.lines.filter((_, index) => index !== event.index);
      return { ...cart, lines, selected: Math.min(event.index, lines.length - 1) };
    }
    case 'select':
      return { ...cart, selected: Math.max(-1, Math.min(event.index, cart.lines.length - 1)) };
    case 'client':
      return { ...cart, clientId: event.clientId };
    case 'load':
      return event.cart;
    case 'restore':
      return cart.lines.length === 0 ? event.cart : cart;
  }
}

export const amountsOf = (line: CartLine): LineAmounts =>
  lineAmounts({ ...line, taxRate: TAX_RATES[line.product.taxCode] });

export const totalsOf = (cart: Cart): LineAmounts => invoiceTotals(cart.lines.map(amountsOf));

/** Price of one unit with tax, minor units, as it stands on the shelf. */
export const shelfPrice = (product: Product): number =>
  lineAmounts({
    quantity: 1000,
    unitPrice: product.price,
    discountRate: 0,
    taxRate: TAX_RATES[product.taxCode],
  }).total;

/** `3*744…` or `0,5x queso`: a quantity before what is looked for. Without one: a unit. */
export function splitQuantity(text: string): { quantity: string | null; rest: string } {
  const match = /^\s*(\d+(?:[.,]\d{1,3})?)\s*[*xX]\s*(.*)$/.exec(text);
  if (match === null) return { quantity: null, rest: text.trim() };
  return { quantity: match[1] ?? null, rest: (match[2] ?? '').trim() };
}

const cartSchema = Type.Object({
  lines: Type.Array(
    Type.Object({
      product: productSchema,
      quantity: Type.Integer({ minimum: 1 }),
      unitPrice: Type.Integer({ minimum: 0 }),
      discountRate: Type.Integer({ minimum: 0, maximum: 10_000 }),
    }),
  ),
  clientId: Type.String(),
  selected: Type.Integer(),
});

/** A draft's cart, or null where an older version of the product left something else. */
export function parseCart(value: unknown): Cart | null {
  const parsed = validate<Cart>(cartSchema, value);
  return parsed.ok ? parsed.value : null;
}
