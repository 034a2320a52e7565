import Chip from '@mui/material/Chip';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { skewText } from '../../../shared/fleet/alert-text';
import { alertWordsEn, alertWordsEs } from '../../../shared/fleet/alert-words';
import { isBehind, isSkewed, reportedPending } from '../../../shared/fleet/alerts';
import type {
  FleetReply,
  FleetTerminal,
  KeptReport,
} from '../../../shared/protocol/fleet-messages';
import { useWords } from '../../i18n/use-words';
import { useAges } from './use-ages';

const MINUTE_MS = 60_000;

export function FleetRow(props: { terminal: FleetTerminal; board: FleetReply; isOwn: boolean }) {
  const { terminal, board } = props;
  const { t, language } = useWords();
  const { since } = useAges(board.at);
  const { last } = terminal;
  return (
    <TableRow sx={terminal.revoked ? { opacity: 0.75 } : {}}>
      <TableCell component="th" scope="row">
        <strong>
          {terminal.number} · {terminal.name}
        </strong>
        {props.isOwn && ` (${t('fleet.mine')})`}
        {terminal.revoked && <Chip size="small" sx={{ ml: 1 }} label={t('fleet.revoked')} />}
        {terminal.lastContactAt > (last?.receivedAt ?? '') && (
          <Small>{t('fleet.contact', { age: since(terminal.lastContactAt) })}</Small>
        )}
      </TableCell>
      {last === null ? (
        <TableCell colSpan={6}>
          {t('fleet.noReport')}
          {!terminal.revoked && <Small>{t('fleet.noReportHelp')}</Small>}
        </TableCell>
      ) : (
        <>
          <LastSync last={last} at={board.at} />
          <Pending last={last} at={board.at} />
          <Waiting count={last.report.rejected} />
          <Waiting count={last.report.conflicts} />
          <TableCell>
            {isSkewed(last) ? (
              <Strong>
                {skewText(
                  language === 'en' ? alertWordsEn : alertWordsEs,
                  Math.round(last.skewMs / MINUTE_MS),
                )}
              </Strong>
            ) : (
              t('fleet.clockOk')
            )}
          </TableCell>
          <TableCell>
            {last.report.program}
            {isBehind(last, board.program) && (
              <>
                {' '}
                <Strong>({t('fleet.behind')})</Strong>
              </>
            )}
          </TableCell>
        </>
      )}
    </TableRow>
  );
}

function LastSync({ last, at }: { last: KeptReport; at: string }) {
  const { t } = useWords();
  const { sinceThere } = useAges(at);
  const { syncs } = last.report;
  const newest = syncs
    .map(({ endedAt }) => endedAt)
    .sort()
    .at(-1);
  const unitsOf = (status: 'failed' | 'cancelled'): string =>
    syncs
      .filter((sync) => sync.status === status)
      .map(({ unit }) => t(`fleet.${unit}`))
      .join(', ');
  const [failed, cancelled] = [unitsOf('failed'), unitsOf('cancelled')];
  return (
    <TableCell>
      {newest === undefined ? t('fleet.never') : sinceThere(last, newest)}
      {failed !== '' && <Small color="error">{t('fleet.failed', { units: failed })}</Small>}
      {cancelled !== '' && <Small>{t('fleet.cancelled', { units: cancelled })}</Small>}
    </TableCell>
  );
}

function Pending({ last, at }: { last: KeptReport; at: string }) {
  const { t } = useWords();
  const { since, sinceThere } = useAges(at);
  const { pending, oldestPending } = last.report;
  const total = reportedPending(last);
  const kinds = (['invoices', 'clients', 'products', 'movements', 'shifts'] as const)
    .filter((kind) => pending[kind] !== 0)
    .map((kind) => `${t(`fleet.${kind}`)}: ${pending[kind] ?? t('fleet.unknown')}`);
  return (
    <TableCell>
      {total === 0 ? '0' : <Strong>{total ?? t('fleet.unknown')}</Strong>}
      {kinds.length > 0 && <Small color="textPrimary">{kinds.join(' · ')}</Small>}
      {oldestPending !== '' && (
        <Small>{t('fleet.oldest', { age: sinceThere(last, oldestPending) })}</Small>
      )}
      <Small>{t('fleet.reported', { age: since(last.receivedAt) })}</Small>
    </TableCell>
  );
}

/** What waits for a person there; unknown is never 0. */
function Waiting({ count }: { count: number | null }) {
  const { t } = useWords();
  return (
    <TableCell align="right">
      {count === null && (
        <Strong>
          {t('fleet.unknown')} <Small>{t('fleet.unknownHelp')}</Small>
        </Strong>
      )}
      {count === 0 && '0'}
      {count !== null && count > 0 && <Strong>{count}</Strong>}
    </TableCell>
  );
}

const Strong = ({ children }: { children: ReactNode }) => (
  <Typography component="strong" color="warning" sx={{ fontSize: 'inherit', fontWeight: 700 }}>
    {children}
  </Typography>
);

const Small = (props: { children: ReactNode; color?: 'error' | 'textPrimary' }) => (
  <Typography
    component="span"
    color={props.color ?? 'textSecondary'}
    sx={{ display: 'block', fontSize: 15 }}
  >
    {props.children}
  </Typography>
);
