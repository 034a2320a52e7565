import { useMemo } from 'react';
import type { KeptReport } from '../../../shared/protocol/fleet-messages';
import { useWords } from '../../i18n/use-words';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Ages in words, reckoned from the server's clock at the board's moment: this machine's may be wrong. */
export function useAges(at: string) {
  const { t, locale } = useWords();
  return useMemo(() => {
    const format = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'always' });
    const now = Date.parse(at);
    const words = (age: number): string => {
      for (const [unit, ms] of UNITS) {
        if (age >= ms) return format.format(-Math.floor(age / ms), unit);
      }
      return t('fleet.justNow');
    };
    return {
      /** Of an instant by the server's clock. */
      since: (instant: string): string => words(now - Date.parse(instant)),
      /** Of an instant by the clock of the terminal whose report it stands in. */
      sinceThere: ({ receivedAt, report }: KeptReport, instant: string): string =>
        words(now - Date.parse(receivedAt) + Date.parse(report.at) - Date.parse(instant)),
    };
  }, [at, locale, t]);
}
