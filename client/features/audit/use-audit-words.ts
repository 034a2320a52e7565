import type { AuditEntryReply, AuditPage } from '../../../shared/protocol/audit-messages';
import { type Key, useWords } from '../../i18n/use-words';

type Names = Pick<AuditPage, 'people' | 'terminals'>;

/** Ids that the number, or the name, beside them says better. */
const HIDDEN = new Set(['invoiceId', 'sourceId']);

/** Longest text of one detail: a list of a thousand ids tells nobody anything. */
const DETAIL_MAX = 160;

/** An entry as a person reads it. What has no words (an older or newer program wrote it) is shown as it is. */
export function useAuditWords({ people, terminals }: Names) {
  const { t, exists } = useWords();
  const nameOf = (name: string): string =>
    exists(`auditDetails.${name}`) ? t(`auditDetails.${name}` as Key) : name;
  const named = (value: unknown): string => {
    if (value === true) return t('app.yes');
    if (typeof value === 'string') {
      return (
        people[value] ??
        terminals[value] ??
        (exists(`auditDetails.${value}`) ? nameOf(value) : value)
      );
    }
    if (value === false) return t('app.no');
    if (Array.isArray(value)) return value.map(named).join(', ') || t('audit.nobody');
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value)
        .map(([name, inner]) => `${nameOf(name)} ${named(inner)}`)
        .join(', ');
    }
    return JSON.stringify(value) ?? '';
  };
  const short = (text: string): string =>
    text.length > DETAIL_MAX ? `${text.slice(0, DETAIL_MAX)}…` : text;
  return {
    action: (action: string): string =>
      exists(`audit.${action}`) ? t(`audit.${action}` as Key) : action,
    actor: ({ actor }: AuditEntryReply): string => {
      if (actor === '') return t('audit.nobody');
      return actor === 'cli' ? t('audit.command') : (people[actor] ?? actor);
    },
    terminal: ({ terminalId }: AuditEntryReply): string =>
      terminalId === '' ? t('audit.nobody') : (terminals[terminalId] ?? terminalId),
    details: ({ details, terminalId }: AuditEntryReply): string =>
      Object.entries(details)
        .filter(([name, value]) => !HIDDEN.has(name) && value !== terminalId && value !== false)
        .map(([name, value]) => `${nameOf(name)}: ${short(named(value))}`)
        .join(' · '),
  };
}
