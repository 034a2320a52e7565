import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words';

/** Counts as people read them: `49 994`. */
export function useCount(): (count: number) => string {
  const { locale } = useWords();
  return useMemo(() => {
    const format = new Intl.NumberFormat(locale);
    return (count) => format.format(count);
  }, [locale]);
}
