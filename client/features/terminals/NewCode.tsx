import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import type { CodeReply } from '../../../shared/protocol/messages';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';

const SECOND_MS = 1000;

/** `23:59:58`; hours only where there are any. */
function clockOf(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part) => String(part).padStart(2, '0')).join(':');
}

/** A one-time code, large enough to be read across the room, and how long it is still good. */
export function NewCode(props: { code: CodeReply; onClose: () => void }) {
  const { clock } = useDesk();
  const { t, dateTime } = useWords();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [clock]);
  const { code, expiresAt } = props.code;
  const left = Date.parse(expiresAt) - now;
  return (
    <Alert severity={left > 0 ? 'success' : 'warning'} onClose={props.onClose}>
      <Typography sx={{ fontSize: 44, fontWeight: 800, letterSpacing: 4, lineHeight: 1.2 }}>
        {code}
      </Typography>
      {left > 0 ? (
        <>
          <Typography>
            {t('terminals.codeHelp', { date: dateTime(expiresAt) })}{' '}
            <span role="timer">{t('identity.codeLeft', { time: clockOf(left) })}</span>
          </Typography>
          <Typography color="textSecondary">
            {t('terminals.address')}: {window.location.origin}/?codigo={code}
          </Typography>
        </>
      ) : (
        <Typography>{t('identity.codeExpired')}</Typography>
      )}
    </Alert>
  );
}
