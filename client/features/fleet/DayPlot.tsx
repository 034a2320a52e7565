import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useTheme } from '@mui/material/styles';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { FleetReply } from '../../../shared/protocol/fleet-messages';
import { useWords } from '../../i18n/use-words';
import { HourBars } from './HourBars';

const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** The store's day by the hour: sales and syncs as bars, and as a table for whoever cannot see or trust bars. */
export function DayPlot({ board }: { board: FleetReply }) {
  const { t, locale } = useWords();
  const { palette } = useTheme();
  const { hours } = board;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
    Date.parse(`${board.date}T00:00:00Z`),
  );
  const totalOf = (what: 'sales' | 'syncs'): number =>
    hours.reduce((sum, hour) => sum + hour[what], 0);
  const titleOf = (what: 'sales' | 'syncs'): string => {
    const most = hours.reduce((a, b) => (b[what] > a[what] ? b : a));
    const peak =
      most[what] === 0 ? '' : t('fleet.peak', { count: most[what], hour: hourText(most.hour) });
    return t('fleet.plot', { what: t(`fleet.${what}`), date, total: totalOf(what), peak });
  };
  const busy = hours.filter(({ sales, syncs }) => sales + syncs > 0);
  return (
    <Paper variant="outlined" component="section" aria-labelledby="fleet-day" sx={{ p: 2 }}>
      <Typography variant="h6" component="h2" id="fleet-day">
        {t('fleet.day')}: {date}
      </Typography>
      <Typography color="textSecondary">{t('fleet.dayHelp')}</Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 4, mt: 1 }}>
        {(['sales', 'syncs'] as const).map((what) => (
          <Box key={what}>
            <Typography component="h3" sx={{ fontSize: 18, fontWeight: 700 }}>
              {t(`fleet.${what}`)}: {totalOf(what)}
            </Typography>
            <HourBars
              counts={hours.map((hour) => hour[what])}
              title={titleOf(what)}
              color={what === 'sales' ? palette.primary.main : palette.secondary.main}
            />
          </Box>
        ))}
      </Box>
      <Box component="details" sx={{ mt: 1 }}>
        <Box
          component="summary"
          sx={{ py: 1.25, fontSize: 16, cursor: 'pointer', width: 'fit-content' }}
        >
          {t('fleet.asTable')}
        </Box>
        <Table aria-label={t('fleet.day')} sx={{ maxWidth: 520 }}>
          <TableHead>
            <TableRow>
              <TableCell>{t('fleet.hour')}</TableCell>
              <TableCell align="right">{t('fleet.sales')}</TableCell>
              <TableCell align="right">{t('fleet.syncs')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {busy.map(({ hour, sales, syncs }) => (
              <TableRow key={hour}>
                <TableCell component="th" scope="row">
                  {hourText(hour)}
                </TableCell>
                <TableCell align="right">{sales}</TableCell>
                <TableCell align="right">{syncs}</TableCell>
              </TableRow>
            ))}
            <TableRow>
              <TableCell component="th" scope="row">
                {t('fleet.total')}
              </TableCell>
              <TableCell align="right">{totalOf('sales')}</TableCell>
              <TableCell align="right">{totalOf('syncs')}</TableCell>
            </TableRow>
          </TableBody>
        </Table>
      </Box>
    </Paper>
  );
}
