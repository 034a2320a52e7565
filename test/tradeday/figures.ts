import Papa from 'papaparse';

/** Counts and sums of a day; units whole, amounts in minor units before tax, credit notes counted as negative. */
export interface Figures {
  invoices: number;
  notes: number;
  lines: number;
  units: number;
  amount: number;
}

export const NO_FIGURES: Figures = { invoices: 0, notes: 0, lines: 0, units: 0, amount: 0 };

export const addFigures = (a: Figures, b: Figures): Figures => ({
  invoices: a.invoices + b.invoices,
  notes: a.notes + b.notes,
  lines: a.lines + b.lines,
  units: a.units + b.units,
  amount: a.amount + b.amount,
});

/**
 * What the file itself says of a day, by its own reading of the text: none of the product's code has a part in it.
 * `stock`: change of each code's stock in units.
 */
export function figuresOfFile(
  csv: string,
  date: string,
): { figures: Figures; stock: Map<string, number> } {
  const figures = { ...NO_FIGURES };
  const numbers = new Set<string>();
  const stock = new Map<string, number>();
  const rows = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data.slice(1);
  for (const [number = '', code = '', , quantityText, at = '', priceText = ''] of rows) {
    if (!at.startsWith(date)) continue;
    const quantity = Number(quantityText);
    const price =
      Math.sign(Number(priceText)) * Math.round(Math.abs(Number(priceText)) * 100 + 1e-6);
    const sold = /^\d+$/.test(number) && quantity > 0 && price > 0;
    const cancelled = /^C\d+$/.test(number) && quantity < 0 && price > 0;
    const adjusted = /^\d+$/.test(number) && quantity !== 0 && price === 0;
    if (!sold && !cancelled && !adjusted) continue;
    const key = code.trim().toUpperCase();
    if (/^\d{5}/.test(key))
      stock.set(key, (stock.get(key) ?? 0) - (adjusted ? -quantity : quantity));
    if (adjusted) continue;
    if (!numbers.has(number)) {
      numbers.add(number);
      if (sold) figures.invoices += 1;
      else figures.notes += 1;
    }
    figures.lines += 1;
    figures.units += quantity;
    figures.amount += quantity * price;
  }
  return { figures, stock };
}
