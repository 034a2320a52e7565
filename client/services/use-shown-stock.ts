import { useEffect, useState } from 'react';
import { useDesk } from './use-desk';

/**
 * Shown stock of some products, by id, in thousandths (null: not known), read again when the list of ids changes. With
 * no ids the last answer stays: a list that is hidden for a moment does not lose its figures.
 */
export function useShownStock(productIds: readonly string[]): ReadonlyMap<string, number | null> {
  const { stock } = useDesk();
  const [stocks, setStocks] = useState<ReadonlyMap<string, number | null>>(new Map());
  const ids = productIds.join();
  useEffect(() => {
    let alive = true;
    if (ids === '') return;
    const take = (found: ReadonlyMap<string, number | null>): void => {
      if (alive) setStocks(found);
    };
    /* What cannot be read is not known: no figure is shown. */
    stock.shownOf(ids.split(',')).then(take, () => take(new Map()));
    return () => {
      alive = false;
    };
  }, [ids, stock]);
  return stocks;
}
