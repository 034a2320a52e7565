import type { Refusal } from '../../../shared/import/refusal';
import { useWords } from '../../i18n/use-words';

/** A refusal as a person reads it: which column, and why. */
export function useRefusalWords() {
  const { t } = useWords();
  return {
    field: ({ field }: Refusal): string =>
      field === '' ? t('imports.wholeLine') : t(`importFields.${field}`),
    reason: ({ code }: Refusal): string => t(`importRefusals.${code}`),
  };
}
