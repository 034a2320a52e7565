import { isErrorCode } from '../../../shared/errors/registry';
import { useWords } from '../../i18n/use-words';
import type { Refusal } from '../../services/attention-service';
import { useFieldWords } from './use-field-words';

/** A refusal as a person reads it: why, and what to do about it. */
export function useRefusalWords(): (refusal: Refusal) => { reason: string; action: string } {
  const { t, errorWords } = useWords();
  const { name } = useFieldWords();
  return ({ code, message }) => {
    if (!isErrorCode(code)) return { reason: code, action: t('attention.owner') };
    const { title, action } = errorWords(code);
    /* The server names the field by its path: `/barcode: ...`. */
    const isNamed = code === 'INVALID_DOCUMENT' || code === 'ROLE_NOT_ALLOWED';
    const field = isNamed ? /^\/(\w+)/.exec(message)?.[1] : undefined;
    const ofField = field === undefined ? '' : ` ${t('attention.ofField', { field: name(field) })}`;
    return { reason: `${title}.${ofField}`, action };
  };
}
