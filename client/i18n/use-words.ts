import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/registry';
import { formatMoney, formatQuantity } from '../../shared/money/money';
import type { ErrorWords } from './errors-es';
import type { Words } from './es';

type Key = { [G in keyof Words & string]: `${G}.${keyof Words[G] & string}` }[keyof Words & string];

/** Words, numbers and dates in the language that was chosen. Keys are checked by the compiler. */
export function useWords() {
  const { t: translate, i18n } = useTranslation();
  return useMemo(() => {
    const { language } = i18n;
    const locale = language === 'en' ? 'en-US' : 'es-CR';
    const errorWords = (code: ErrorCode): ErrorWords => ({
      title: translate(`errors.${code}.title`),
      safe: translate(`errors.${code}.safe`),
      action: translate(`errors.${code}.action`),
    });
    return {
      language,
      locale,
      t: (key: Key, values?: Record<string, string | number>): string =>
        translate(key, values ?? {}),
      money: (minor: number, currency: string): string => formatMoney(minor, currency, locale),
      quantity: (thousandths: number): string => formatQuantity(thousandths, locale),
      dateTime: (instant: string, timeZone?: string): string =>
        new Intl.DateTimeFormat(locale, {
          dateStyle: 'short',
          timeStyle: 'short',
          ...(timeZone === undefined ? {} : { timeZone }),
        }).format(Date.parse(instant)),
      errorWords,
      errorOf: (error: unknown): ErrorWords =>
        errorWords(error instanceof AppError ? error.code : errorCodeOf(error)),
    };
  }, [translate, i18n]);
}
