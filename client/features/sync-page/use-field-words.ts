import type { TaxCode } from '../../../schemas/products';
import { TAX_RATES } from '../../../shared/fiscal/tax-rates';
import type { esAttention } from '../../i18n/es-attention';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';

type Field = keyof (typeof esAttention)['fields'];
type Words = ReturnType<typeof useWords>;
type Show = (value: never, words: Words, currency: string) => string;

const money: Show = (value: number, words, currency) => words.money(value, currency);
const instant: Show = (value: string, words) => words.dateTime(value);

/** How the values of a field read; what is not here is text, a number or a yes or no, and reads as it is. */
const SHOWN: Partial<Record<string, Show>> = {
  price: money,
  openingCash: money,
  countedCash: money,
  difference: money,
  at: instant,
  issuedAt: instant,
  openedAt: instant,
  closedAt: instant,
  quantity: (value: number, words) => words.quantity(value),
  taxCode: (value: TaxCode, { t, percent }) =>
    value === 'exempt' ? t('lists.exempt') : `${t('sale.tax')} ${percent(TAX_RATES[value])}`,
  identificationType: (value: '01' | '02' | '03' | '04' | '05', { t }) => t(`lists.id${value}`),
  lines: (value: readonly unknown[], { t }) => t('sale.lines', { count: value.length }),
  totals: (value: { total: number }, words, currency) => words.money(value.total, currency),
  payments: (value: readonly { amount: number }[], words, currency) =>
    words.money(
      value.reduce((sum, { amount }) => sum + amount, 0),
      currency,
    ),
  client: (value: { name: string }) => value.name,
  reference: (value: { number: string; reason: string }) => `${value.number} (${value.reason})`,
};

/** Names of fields in words, and their values as they read everywhere else on screen. */
export function useFieldWords() {
  const { session, catalog } = useDesk();
  const state = useSubject(session.state$);
  const words = useWords();
  const { t, exists } = words;
  const currency = state.kind === 'signedIn' ? state.store.currency : 'CRC';
  return {
    name: (field: string): string =>
      exists(`fields.${field}`) ? t(`fields.${field as Field}`) : field,
    value: (field: string, value: unknown): string => {
      if (value === null || value === undefined || value === '') return '—';
      if (typeof value === 'boolean') return t(value ? 'app.yes' : 'app.no');
      if (field === 'productId')
        return catalog.product(String(value))?.description ?? String(value);
      const show = SHOWN[field];
      try {
        if (show !== undefined) return show(value as never, words, currency);
      } catch {
        /* A record of an older version of the product may hold another shape: it is shown as it is. */
      }
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    },
  };
}
