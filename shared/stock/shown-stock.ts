import type { Stock } from '../../schemas/stock';
import { containsSerial } from './serial-ranges';

/** What one of this terminal's own documents does to one product. */
export interface OwnEffect {
  serial: number;
  /** Thousandths, signed. */
  quantity: number;
}

/**
 * Stock as this terminal shows it, in thousandths: what the server had, and this terminal's own effects that it did not
 * yet contain. Which those are is written in the stock document itself, so no crash counts one twice or not at all.
 */
export function shownStock(
  stock: Pick<Stock, 'onHand' | 'seen'> | null,
  own: readonly OwnEffect[],
  terminalId: string,
): number {
  const ranges = stock?.seen.find((entry) => entry.terminalId === terminalId)?.ranges ?? [];
  let shown = stock?.onHand ?? 0;
  for (const { serial, quantity } of own) {
    if (!containsSerial(ranges, serial)) shown += quantity;
  }
  return shown;
}
