import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { FleetReply } from '../../../shared/protocol/fleet-messages';
import { useWords } from '../../i18n/use-words';
import { FleetRow } from './FleetRow';

/** Every terminal of the store as it last reported; those of which something is told above come first. */
export function FleetTable({ board, own }: { board: FleetReply; own: string }) {
  const { t } = useWords();
  const alerted = new Set(board.alerts.map(({ terminalId }) => terminalId));
  /* Stable: within both halves the order is the server's. */
  const terminals = [...board.terminals].sort(
    (a, b) => Number(alerted.has(b.id)) - Number(alerted.has(a.id)),
  );
  return (
    <Paper variant="outlined" sx={{ px: 1, py: 1, overflowX: 'auto' }}>
      <Table aria-label={t('fleet.terminals')} sx={{ '& td, & th[scope=row]': { fontSize: 18 } }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('fleet.terminal')}</TableCell>
            <TableCell>{t('fleet.lastSync')}</TableCell>
            <TableCell>{t('fleet.pending')}</TableCell>
            <TableCell align="right">{t('fleet.rejected')}</TableCell>
            <TableCell align="right">{t('fleet.conflicts')}</TableCell>
            <TableCell>{t('fleet.clock')}</TableCell>
            <TableCell>{t('fleet.program')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {terminals.map((terminal) => (
            <FleetRow
              key={terminal.id}
              terminal={terminal}
              board={board}
              isOwn={terminal.id === own}
            />
          ))}
        </TableBody>
      </Table>
      {terminals.length === 0 && (
        <Typography color="textSecondary" sx={{ p: 2 }}>
          {t('fleet.none')}
        </Typography>
      )}
    </Paper>
  );
}
