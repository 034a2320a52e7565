import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/registry';
import { formatAmount, formatMoney, formatQuantity } from '../../shared/money/money';
import type { ErrorWords } from './errors-es';
import type { Words } from './es';

/** `lines_one` and `lines_other` are asked for as `lines`, with a `count`. */
type Asked<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

export type Key = {
  [G in keyof Words & string]: `${G}.${Asked<keyof Words[G] & string>}`;
}[keyof Words & string];

/** A date must not be torn apart at the end of a line: `3:46 p.` / `m.` */
const unbroken = (text: string): string => text.replaceAll(/\s/g, '\u00a0');

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
      /* A date in Spanish may end with a full stop of its own (`p. m.`), and a sentence has one. */
      t: (key: Key, values?: Record<string, string | number>): string =>
        translate(key, values ?? {}).replace(/\.\.$/, '.'),
      /** Whether there are words for a key that is only known while running. */
      exists: (key: string): boolean => i18n.exists(key),
      money: (minor: number, currency: string): string => formatMoney(minor, currency, locale),
      /** Money without its sign, for a field that is typed into. */
      amount: (minor: number): string => formatAmount(minor, locale),
      /** A rate in basis points: `13 %`. */
      percent: (basisPoints: number): string =>
        `${formatQuantity(basisPoints * 10, locale)}\u00a0%`,
      quantity: (thousandths: number): string => formatQuantity(thousandths, locale),
      dateTime: (instant: string, timeZone?: string): string =>
        unbroken(
          new Intl.DateTimeFormat(locale, {
            dateStyle: 'short',
            timeStyle: 'short',
            ...(timeZone === undefined ? {} : { timeZone }),
          }).format(Date.parse(instant)),
        ),
      /** The day of an instant. */
      day: (instant: string, timeZone?: string): string =>
        new Intl.DateTimeFormat(locale, {
          dateStyle: 'long',
          ...(timeZone === undefined ? {} : { timeZone }),
        }).format(Date.parse(instant)),
      /** As short as can be: the time of an instant of today, else its date. */
      when: (instant: string, now: number): string => {
        const at = new Date(instant);
        const today = at.toDateString() === new Date(now).toDateString();
        const style = today ? { timeStyle: 'short' as const } : { dateStyle: 'short' as const };
        return unbroken(new Intl.DateTimeFormat(locale, style).format(at));
      },
      errorWords,
      errorOf: (error: unknown): ErrorWords =>
        errorWords(error instanceof AppError ? error.code : errorCodeOf(error)),
    };
  }, [translate, i18n]);
}
