import type { Ledger } from './ledger';
import type { ServerView } from './server-view';
import type { Violation } from './violation';

/** What must hold at the server after every transaction, whatever has happened. */
export function checkServer(view: ServerView, ledger: Ledger): Violation[] {
  const violations: Violation[] = [];
  const add = (violation: Omit<Violation, 'where'>): void => {
    violations.push({ where: 'server', ...violation });
  };

  /* 4: stock = opening + sum of movements, and each document moved it once. */
  const sums = new Map<string, number>();
  const seen = new Set<string>();
  for (const { source, sourceId, productId, quantity } of view.moves()) {
    sums.set(productId, (sums.get(productId) ?? 0) + quantity);
    const key = `${source}/${sourceId}/${productId}`;
    if (seen.has(key))
      add({ invariant: '4', message: 'a document moved stock twice', actual: key });
    seen.add(key);
  }
  for (const [id, stock] of view.documents('stock')) {
    if (stock['onHand'] !== (sums.get(id) ?? 0)) {
      const document = { collection: 'stock', id };
      const message = 'stock is not the sum of its movements';
      add({
        invariant: '4',
        message,
        document,
        expected: sums.get(id) ?? 0,
        actual: stock['onHand'],
      });
    }
  }
  const expected = new Map(ledger.opening);
  for (const collection of ['invoices', 'movements']) {
    for (const document of view.documents(collection).values()) {
      for (const [product, quantity] of ledger.effects(collection, document)) {
        expected.set(product, (expected.get(product) ?? 0) + quantity);
        const key = `${collection}/${document.id}/${product}`;
        if (!seen.has(key))
          add({ invariant: '4', message: 'a document did not move stock', actual: key });
      }
    }
  }
  for (const [product, quantity] of expected) {
    if ((sums.get(product) ?? 0) !== quantity) {
      const document = { collection: 'stock', id: product };
      const message = 'movements are not opening plus what was sold and adjusted';
      add({
        invariant: '4',
        message,
        document,
        expected: quantity,
        actual: sums.get(product) ?? 0,
      });
    }
  }

  /* Order: no number twice, none above the counter. */
  for (const { collection, seqs, held, counter, count } of view.sequences()) {
    if (new Set(seqs).size !== seqs.length) {
      add({ invariant: 'sequence', message: `${collection}: a sequence number twice` });
    }
    if ((seqs.at(-1) ?? 0) > counter) {
      add({ invariant: 'sequence', message: `${collection}: a number above the counter` });
    }
    if (held !== count) {
      const message = `${collection}: the count is not that of the documents`;
      add({ invariant: 'sequence', message, expected: held, actual: count });
    }
  }
  return violations;
}
