import type { Product } from '../../schemas/products';
import type { ImportedProduct } from '../../shared/import/imported';
import { type RefusalCode, shownValue } from '../../shared/import/refusal';
import type { StockWriter } from '../sync/stock-writer';
import { emptyPlan, type Importer, type ImportPlan, planDocument } from './import-plan';
import { Known } from './known';

const codeKey = (code: string): string => code.toUpperCase();

/** Products of the store, and what the lines are going to make of them. */
export async function planProducts(
  known: readonly Product[],
  lines: readonly ImportedProduct[],
  { stock, ...importer }: Importer & { stock: StockWriter },
): Promise<ImportPlan<Product> & { openings: number }> {
  const plan = emptyPlan<Product>();
  const find = productFinder(known, lines);
  const touched = new Set<string>();
  const openings: { line: ImportedProduct; product: Product }[] = [];
  for (const line of lines) {
    const refuse = (field: string, code: RefusalCode, value: string): void => {
      plan.refused.push({ line: line.line, field, code, value: shownValue(value) });
    };
    const { whenNew, says } = line;
    const current = find.target(line);
    if (current === null) refuse('code', 'AMBIGUOUS_CODE', whenNew.code);
    else if (current !== undefined && touched.has(current.id)) {
      refuse('code', 'DUPLICATE_CODE', whenNew.code);
    } else if (find.isTaken(says.barcode ?? '', current)) {
      refuse('barcode', 'BARCODE_TAKEN', whenNew.barcode);
    } else {
      const about = { collection: 'products', current, says, content: whenNew } as const;
      const product = planDocument(plan, about, importer);
      touched.add(product.id);
      if (line.opening !== null) openings.push({ line, product });
    }
  }
  await stock.preload(openings.map(({ product }) => product.id));
  let opened = 0;
  for (const { line, product } of openings) {
    const code = await open(stock, line.opening ?? 0, product, importer);
    if (code === null) opened += 1;
    if (code === null || code === 'SAME') continue;
    const value = String((line.opening ?? 0) / 1000);
    plan.refused.push({ line: line.line, field: 'stock', code, value });
  }
  return { ...plan, openings: opened };
}

/** Opens a product's stock. Null where that was done, SAME where it is there already, else why it cannot be. */
async function open(
  stock: StockWriter,
  quantity: number,
  product: Product,
  { ports }: Importer,
): Promise<null | 'SAME' | RefusalCode> {
  if (!product.stocked) return quantity === 0 ? 'SAME' : 'STOCK_NOT_KEPT';
  const id = ports.ids.newId();
  const there = await stock.open({ id, productId: product.id, quantity });
  if (there === null) return null;
  return there === quantity ? 'SAME' : 'STOCK_ALREADY_MOVED';
}

/**
 * Codes of the products to which this very file gives another barcode, so that their old one becomes free. One whose new
 * barcode is taken keeps its old one, and so perhaps does the next: looked at until nothing changes.
 */
function leavingBarcode(
  byBarcode: Known<Product>,
  lines: readonly ImportedProduct[],
): ReadonlySet<string> {
  const moves = lines.flatMap(({ says: { barcode }, whenNew }) =>
    barcode === undefined ? [] : [{ barcode, code: codeKey(whenNew.code) }],
  );
  const leaving = new Set(moves.map(({ code }) => code));
  for (let size = -1; size !== leaving.size; ) {
    size = leaving.size;
    for (const { barcode, code } of moves) {
      const isTaken = byBarcode
        .all(barcode)
        .some(
          (owner) =>
            owner.active && codeKey(owner.code) !== code && !leaving.has(codeKey(owner.code)),
        );
      if (isTaken) leaving.delete(code);
    }
  }
  return leaving;
}

function productFinder(known: readonly Product[], lines: readonly ImportedProduct[]) {
  const byCode = new Known(known, ({ code }) => codeKey(code));
  const byBarcode = new Known(known, ({ barcode }) => barcode);
  const leaving = leavingBarcode(byBarcode, lines);
  return {
    /** The product that a line is about: undefined where it is new, null where it is not clear which one. */
    target: ({ foundBy, whenNew }: ImportedProduct): Product | null | undefined => {
      const scanned = foundBy === 'barcode' ? byBarcode.find(whenNew.barcode) : undefined;
      return scanned === undefined ? byCode.find(codeKey(whenNew.code)) : scanned;
    },
    /** Another product in use has the barcode: a scan would sell the wrong one. */
    isTaken: (barcode: string, target: Product | undefined): boolean =>
      byBarcode
        .all(barcode)
        .some(({ id, active, code }) => active && id !== target?.id && !leaving.has(codeKey(code))),
  };
}
