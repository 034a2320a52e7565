import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { CollectionName } from '../../../schemas/registry';
import type { Contents } from '../../../shared/protocol/messages';
import { useWords } from '../../i18n/use-words';
import type { CollectionProof } from '../../services/proof-service';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { COLLECTION_WORDS } from './collection-words';
import { DifferencesDialog } from './DifferencesDialog';
import { Section } from './Section';

const COLORS = {
  equal: 'success',
  different: 'warning',
  behind: 'info',
  unknown: 'default',
} as const;

function ContentsCell({ contents }: { contents: Contents | null }) {
  return (
    <TableCell>
      {contents?.count ?? '—'}
      <Typography color="text.secondary" sx={{ fontFamily: 'monospace', fontSize: 13 }}>
        {contents?.digest ?? ''}
      </Typography>
    </TableCell>
  );
}

/** Whether this terminal holds what the server holds, collection by collection, and the way to what differs. */
export function ProofList({ proofs }: { proofs: readonly CollectionProof[] | null }) {
  const { proof } = useDesk();
  const { t, dateTime } = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [shown, setShown] = useState<CollectionName | null>(null);
  const compare = (): void => {
    setBusy(true);
    setError(null);
    proof
      .compare()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <Section title={t('proof.title')}>
      <Typography color="text.secondary" sx={{ mb: 1.5 }}>
        {t('proof.help')}
      </Typography>
      <Button variant="outlined" onClick={compare} disabled={busy}>
        {t(busy ? 'proof.comparing' : 'proof.compare')}
      </Button>
      <ErrorNotice error={error} />
      <Table size="small" sx={{ mt: 1 }}>
        <TableHead>
          <TableRow>
            <TableCell />
            <TableCell>{t('proof.here')}</TableCell>
            <TableCell>{t('proof.server')}</TableCell>
            <TableCell>{t('proof.when')}</TableCell>
            <TableCell />
            <TableCell />
          </TableRow>
        </TableHead>
        <TableBody>
          {proofs?.map(({ collection, at, equality, local, server, leftOut }) => (
            <TableRow key={collection}>
              <TableCell sx={{ fontWeight: 650 }}>{t(COLLECTION_WORDS[collection])}</TableCell>
              <ContentsCell contents={local} />
              <ContentsCell contents={server} />
              <TableCell>{at === null ? t('app.never') : dateTime(at)}</TableCell>
              <TableCell>
                <Chip color={COLORS[equality]} label={t(`proof.${equality}`)} />
                {leftOut > 0 && (
                  <Typography color="text.secondary" sx={{ fontSize: 13 }}>
                    {t('proof.leftOut', { count: leftOut })}
                  </Typography>
                )}
              </TableCell>
              <TableCell align="right">
                {equality === 'different' && (
                  <Button variant="outlined" onClick={() => setShown(collection)}>
                    {t('proof.showDifferences')}
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {shown !== null && <DifferencesDialog collection={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}
