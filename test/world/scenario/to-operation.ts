import type { Operation } from '../terminal/operations';
import { passwordOf } from '../world';
import type { Step } from './schema';
import { ScenarioError, type ScenarioIds, toMinor, toThousandths } from './spec-of';

/** What a step's names stand for, besides products and clients. */
export interface Labels {
  /** Invoices by the label that their sale was given. */
  readonly invoices: ReadonlyMap<string, string>;
  /** Products that were made in the scenario itself, by code. */
  readonly products: ReadonlyMap<string, string>;
  /** User who works at a terminal. */
  userOf(terminal: string): string;
}

/** The operation of a person's step; null where the step is not one of a person. */
export function toOperation(step: Step, ids: ScenarioIds, labels: Labels): Operation | null {
  const product = (code: string): string => labels.products.get(code) ?? ids.product(code);
  switch (step.do) {
    case 'login': {
      const userName = step.user ?? labels.userOf(step.terminal);
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
        clientId: step.client === undefined ? '' : ids.client(step.client),
        lines: Object.entries(step.lines).map(([code, quantity]) => ({
          productId: product(code),
          quantity: toThousandths(quantity),
        })),
      };
    case 'creditNote': {
      const invoiceId = labels.invoices.get(step.of);
      if (invoiceId === undefined) throw new ScenarioError(`no sale was labelled ${step.of}`);
      return { op: 'creditNote', invoiceId };
    }
    case 'createClient':
      return { op: 'createClient', name: step.name };
    case 'editClient':
      return { op: 'editClient', id: ids.client(step.client), change: step.set };
    case 'createProduct':
      return { op: 'createProduct', code: step.code, price: toMinor(step.price) };
    case 'editProduct':
      return { op: 'editProduct', id: product(step.product), change: minorPrice(step.set) };
    case 'adjust':
      return {
        op: 'adjust',
        productId: product(step.product),
        quantity: toThousandths(step.quantity),
        reason: 'Ajuste',
      };
    case 'openShift':
    case 'closeShift':
      return { op: step.do, cash: toMinor(step.cash) };
    default:
      return null;
  }
}

/** Prices stand in currency units in a scenario, and in minor units in a document. */
export function minorPrice(change: Record<string, unknown>): Record<string, unknown> {
  const { price } = change;
  return typeof price === 'number' ? { ...change, price: toMinor(price) } : change;
}
