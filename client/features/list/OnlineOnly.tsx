import Alert from '@mui/material/Alert';
import { useDesk, useSelected } from '../../services/use-desk';

/** Says that a screen lives on the server, while that cannot be reached. */
export function OnlineOnly({ words }: { words: string }) {
  const { status } = useDesk();
  const isOffline = useSelected(status.status$, ({ connection }) => connection === 'offline');
  return isOffline ? <Alert severity="info">{words}</Alert> : null;
}
