import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { DifferenceKind } from '../../../shared/proof/classify';
import { useWords } from '../../i18n/use-words';
import type { Differences } from '../../services/proof-service';

const KINDS: readonly DifferenceKind[] = ['missingHere', 'missingThere', 'otherVersion'];

/** Titles of one kind that are shown; the rest is counted. */
const SHOWN = 50;

/** The documents that differ, by kind; what does not count is told apart. */
export function DifferenceList({ differences }: { differences: Differences }) {
  const { t } = useWords();
  const { documents, pending, newer } = differences;
  return (
    <>
      {documents.length === 0 && <Typography>{t('proof.noDifferences')}</Typography>}
      {KINDS.map((kind) => {
        const found = documents.filter((entry) => entry.kind === kind);
        if (found.length === 0) return null;
        return (
          <Box key={kind} sx={{ mb: 2 }}>
            <Typography component="h3" sx={{ fontWeight: 650 }}>
              {t(`proof.${kind}`, { count: found.length })}
            </Typography>
            <Box component="ul" sx={{ my: 0.5, pl: 3 }}>
              {found.slice(0, SHOWN).map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </Box>
            {found.length > SHOWN && (
              <Typography>{t('proof.more', { count: found.length - SHOWN })}</Typography>
            )}
          </Box>
        );
      })}
      {pending > 0 && (
        <Typography color="text.secondary">
          {t('proof.pendingApart', { count: pending })}
        </Typography>
      )}
      {newer > 0 && (
        <Typography color="text.secondary">{t('proof.newer', { count: newer })}</Typography>
      )}
    </>
  );
}
