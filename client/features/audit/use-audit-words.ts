import type { AuditEntryReply, AuditPage } from '../../../shared/protocol/audit-messages';
import { type Key, useWords } from '../../i18n/use-words';

type Names = Pick<AuditPage, 'people' | 'terminals'>;

/** Longest text of one detail: a list of a thousand ids tells nobody anything. */
const DETAIL_MAX = 160;

/** An entry as a person reads it. What has no words (an older or newer program wrote it) is shown as it is. */
export function useAuditWords({ people, terminals }: Names) {
  const { t, exists } = useWords();
  const named = (value: unknown): string => {
    if (typeof value === 'string') return people[value] ?? terminals[value] ?? value;
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
    details: ({ details }: AuditEntryReply): string =>
      Object.entries(details)
        .map(([name, value]) => `${name}: ${short(named(value))}`)
        .join(' · '),
  };
}
