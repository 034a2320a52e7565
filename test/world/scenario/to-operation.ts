import { passwordOf } from '../seed-store';
import type { Operation } from '../terminal/operations';
import type { Names } from './names';
import type { Step } from './schema';
import { toMinor, toThousandths } from './spec-of';

/** The operation of a step that a terminal carries out; null where the step is not one of a terminal's program. */
export function toOperation(step: Step, names: Names): Operation | null {
  switch (step.do) {
    case 'login': {
      const userName = step.user ?? names.userOf(step.terminal);
      return { op: 'login', userName, password: passwordOf(userName) };
    }
    case 'logout':
    case 'applyMine':
    case 'keepTheirs':
    case 'sendAgain':
      return { op: step.do };
    case 'sync':
      return { op: 'sync', unit: step.unit };
    case 'sell':
      return {
        op: 'sell',
        clientId: step.client === undefined ? '' : names.client(step.client),
        lines: Object.entries(step.lines).map(([code, quantity]) => ({
          productId: names.product(code),
          quantity: toThousandths(quantity),
        })),
      };
    case 'creditNote':
      return { op: 'creditNote', invoiceId: names.sale(step.of) };
    case 'createClient':
      return { op: 'createClient', name: step.name };
    case 'editClient':
      return { op: 'editClient', id: names.client(step.client), change: step.set };
    case 'createProduct':
      return { op: 'createProduct', code: step.code, price: toMinor(step.price) };
    case 'editProduct':
      return { op: 'editProduct', id: names.product(step.product), change: minorPrice(step.set) };
    case 'adjust':
      return {
        op: 'adjust',
        productId: names.product(step.product),
        quantity: toThousandths(step.quantity),
        reason: 'Ajuste',
      };
    case 'openShift':
    case 'closeShift':
      return { op: step.do, cash: toMinor(step.cash) };
    case 'spoilClient':
      return {
        op: 'spoil',
        collection: 'clients',
        id: names.client(step.client),
        change: step.set,
      };
    case 'spoilSale':
      return { op: 'spoil', collection: 'invoices', id: names.sale(step.of), change: step.set };
    default:
      return null;
  }
}

/** Prices stand in currency units in a scenario, and in minor units in a document. */
export function minorPrice(change: Record<string, unknown>): Record<string, unknown> {
  const { price } = change;
  return typeof price === 'number' ? { ...change, price: toMinor(price) } : change;
}
