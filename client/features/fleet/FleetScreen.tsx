import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import type { FleetReply } from '../../../shared/protocol/fleet-messages';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { OnlineOnly } from '../list/OnlineOnly';
import { ErrorNotice } from '../session/ErrorNotice';
import { DayPlot } from './DayPlot';
import { FleetAlerts } from './FleetAlerts';
import { FleetTable } from './FleetTable';

/**
 * The owner's board: what needs a person first, then each terminal as it last reported, then the day. It is read when it is
 * opened and when it is asked for: a board that read itself anew would keep its owner's session alive for good.
 */
export default function FleetScreen() {
  const { terminals, session } = useDesk();
  const { t, dateTime } = useWords();
  const [board, setBoard] = useState<FleetReply | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(() => {
    setBusy(true);
    setError(null);
    terminals
      .board()
      .then(setBoard)
      .catch(setError)
      .finally(() => setBusy(false));
  }, [terminals]);
  useEffect(read, [read]);
  const state = useSubject(session.state$);
  const own = 'terminal' in state ? state.terminal.id : '';
  return (
    <Stack spacing={2} sx={{ maxWidth: 1600 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <Typography variant="h5" component="h1" noWrap>
          {t('fleet.title')}
        </Typography>
        <Typography color="textSecondary" sx={{ flex: 1 }}>
          {t('fleet.help')}
        </Typography>
        {board !== null && (
          <Typography noWrap>
            {t('fleet.asOf', { time: dateTime(board.at, board.store.timeZone) })}
          </Typography>
        )}
        <Button variant="contained" disabled={busy} onClick={read}>
          {t('fleet.refresh')}
        </Button>
      </Stack>
      <OnlineOnly words={t('fleet.offline')} />
      <ErrorNotice error={error} />
      {busy && board === null && <LinearProgress aria-label={t('fleet.loading')} />}
      {board !== null && (
        <>
          <FleetAlerts board={board} />
          <FleetTable board={board} own={own} />
          <DayPlot board={board} />
        </>
      )}
    </Stack>
  );
}
