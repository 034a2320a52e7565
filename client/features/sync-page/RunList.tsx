import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { Run } from '../../../schemas/local';
import { isErrorCode } from '../../../shared/errors/registry';
import { useWords } from '../../i18n/use-words';
import { Section } from './Section';

const STATUS = {
  running: 'syncPage.statusRunning',
  done: 'syncPage.statusDone',
  failed: 'syncPage.statusFailed',
  cancelled: 'syncPage.statusCancelled',
} as const;
const UNITS = ['clients', 'products', 'users', 'invoices'] as const;

/** A run that has not ended, or that was cut, has no figures: unknown is not zero. */
const shown = (run: Run, figure: number): number | string => (run.pending < 0 ? '—' : figure);

/** History of runs: who, when, what went through, how it ended. */
export function RunList({ runs }: { runs: readonly Run[] | null }) {
  const { t, dateTime, amount, errorWords } = useWords();
  const what = (run: Run): string => {
    const unit = UNITS.find((name) => name === run.unit);
    return unit === undefined
      ? t(`syncPage.${run.trigger}`)
      : `${t(`status.${unit}`)} · ${t(`syncPage.${run.trigger}`)}`;
  };
  const seconds = (run: Run): string =>
    run.finishedAt === ''
      ? '—'
      : `${amount((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 10)}\u00a0s`;
  const heads = [t('syncPage.when'), t('syncPage.who'), t('syncPage.what')];
  const figures = [
    t('sync.received'),
    t('sync.sent'),
    t('sync.conflicts'),
    t('sync.rejected'),
    t('status.pending'),
    t('syncPage.duration'),
  ];
  return (
    <Section title={t('syncPage.history')}>
      {runs?.length === 0 && <Typography color="textSecondary">{t('syncPage.noRuns')}</Typography>}
      <Table size="small" aria-label={t('syncPage.history')}>
        <TableHead>
          <TableRow>
            {heads.map((head) => (
              <TableCell key={head}>{head}</TableCell>
            ))}
            {figures.map((head) => (
              <TableCell key={head} align="right">
                {head}
              </TableCell>
            ))}
            <TableCell>{t('syncPage.result')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {runs?.map((run) => (
            <TableRow key={run.id}>
              <TableCell>{dateTime(run.startedAt)}</TableCell>
              <TableCell>{run.userName}</TableCell>
              <TableCell>{what(run)}</TableCell>
              {[
                ['received', shown(run, run.received)],
                ['sent', shown(run, run.sent)],
                ['conflicts', shown(run, run.conflicts)],
                ['rejected', shown(run, run.rejected)],
                ['pending', shown(run, run.pending)],
                ['seconds', seconds(run)],
              ].map(([name, value]) => (
                <TableCell key={name} align="right">
                  {value}
                </TableCell>
              ))}
              <TableCell>
                {t(STATUS[run.status])}
                {isErrorCode(run.errorCode) && run.status === 'failed'
                  ? `: ${errorWords(run.errorCode).title}`
                  : ''}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
