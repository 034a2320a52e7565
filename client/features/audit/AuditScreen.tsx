import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toCsv } from '../../../shared/import/csv-safe';
import type { AuditEntryReply, AuditPage } from '../../../shared/protocol/audit-messages';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { OnlineOnly } from '../list/OnlineOnly';
import { saveFile } from '../list/save-file';
import { type Column, VirtualTable } from '../list/VirtualTable';
import { ErrorNotice } from '../session/ErrorNotice';
import { AuditFilters, type Filters, NO_FILTERS, toFilter } from './AuditFilters';
import { useAuditWords } from './use-audit-words';

const HEAD = ['at', 'actor', 'action', 'terminal', 'details'] as const;

/** Who did what, newest first; older entries are read as one scrolls to them. For the owner, with a connection. */
export default function AuditScreen() {
  const { audit } = useDesk();
  const { t, dateTime } = useWords();
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [entries, setEntries] = useState<readonly AuditEntryReply[] | null>(null);
  const [names, setNames] = useState<Pick<AuditPage, 'people' | 'terminals'>>({
    people: {},
    terminals: {},
  });
  const [exported, setExported] = useState<{ count: number; isCut: boolean } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const words = useAuditWords(names);
  /* What a filter asked for is not shown under another one, however late it comes. */
  const asked = useRef(0);
  const next = useRef<string | null>(null);
  const isReading = useRef(false);

  const read = useCallback(
    (wanted: Filters, before?: string) => {
      const number = before === undefined ? ++asked.current : asked.current;
      isReading.current = true;
      setError(null);
      audit
        .page(toFilter(wanted), before)
        .then((page) => {
          if (number !== asked.current) return;
          next.current = page.next;
          setNames({ people: page.people, terminals: page.terminals });
          setEntries((known) =>
            before === undefined ? page.entries : [...(known ?? []), ...page.entries],
          );
        })
        .catch(setError)
        .finally(() => {
          if (number === asked.current) isReading.current = false;
        });
    },
    [audit],
  );
  useEffect(() => read(filters), [read, filters]);
  const onEnd = useCallback(() => {
    if (next.current !== null && !isReading.current) read(filters, next.current);
  }, [read, filters]);

  const exportCsv = (): void => {
    setError(null);
    audit
      .export(toFilter(filters))
      .then(({ entries: all, isCut }) => {
        const body = all.map((entry) => [
          entry.at,
          words.actor(entry),
          words.action(entry.action),
          words.terminal(entry),
          words.details(entry),
        ]);
        saveFile('auditoria.csv', toCsv([HEAD.map((key) => t(`audit.${key}`)), ...body]));
        setExported({ count: all.length, isCut });
      })
      .catch(setError);
  };

  const columns: Column<AuditEntryReply>[] = [
    { key: 'at', label: t('audit.at'), width: '12em', render: ({ at }) => dateTime(at) },
    { key: 'actor', label: t('audit.actor'), width: '11em', render: words.actor },
    {
      key: 'action',
      label: t('audit.action'),
      width: 'minmax(12em, 1fr)',
      render: ({ action }) => <span title={words.action(action)}>{words.action(action)}</span>,
    },
    { key: 'terminal', label: t('audit.terminal'), width: '8em', render: words.terminal },
    {
      key: 'details',
      label: t('audit.details'),
      width: 'minmax(14em, 2fr)',
      render: (entry) => <span title={words.details(entry)}>{words.details(entry)}</span>,
    },
  ];
  return (
    <Stack spacing={1.5} sx={{ height: '100%' }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <Typography variant="h5" component="h1">
          {t('audit.title')}
        </Typography>
        <Typography color="textSecondary" sx={{ flex: 1 }}>
          {t('audit.help')}
        </Typography>
        <Button variant="outlined" disabled={entries === null} onClick={exportCsv}>
          {t('audit.export')}
        </Button>
      </Stack>
      <OnlineOnly words={t('audit.offline')} />
      <ErrorNotice error={error} />
      {exported !== null && (
        <Alert severity={exported.isCut ? 'warning' : 'success'} onClose={() => setExported(null)}>
          {t(exported.isCut ? 'audit.exportCut' : 'audit.exported', { count: exported.count })}
        </Alert>
      )}
      <AuditFilters filters={filters} names={names} onChange={setFilters} />
      {entries !== null && (
        <VirtualTable
          label={t('audit.title')}
          rows={entries}
          columns={columns}
          empty={t('audit.none')}
          onEnd={onEnd}
        />
      )}
    </Stack>
  );
}
