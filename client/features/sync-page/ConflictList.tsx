import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { ConflictRecord } from '../../../schemas/local';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { ConflictFields } from './ConflictFields';
import { mayCorrect } from './may-correct';
import { Section } from './Section';

/** What both sides changed: before, mine, the server's; and the decision. */
export function ConflictList({ conflicts }: { conflicts: readonly ConflictRecord[] | null }) {
  const { attention, session } = useDesk();
  const state = useSubject(session.state$);
  const { t, dateTime } = useWords();
  const [error, setError] = useState<unknown>(null);
  if (state.kind !== 'signedIn') return null;
  return (
    <Section title={t('syncPage.openConflicts')}>
      {conflicts === null && <Typography>{t('app.unknown')}</Typography>}
      {conflicts?.length === 0 && (
        <Typography color="textSecondary">{t('syncPage.noConflicts')}</Typography>
      )}
      {conflicts !== null && conflicts.length > 0 && (
        <Typography color="textSecondary" sx={{ mb: 2 }}>
          {t('attention.keptHelp')}
        </Typography>
      )}
      <ErrorNotice error={error} />
      {conflicts?.map((conflict) => {
        const rights = mayCorrect(conflict.collectionName, state.user.role);
        return (
          <Box key={conflict.id} sx={{ mb: 3 }}>
            <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 2 }}>
              <Typography sx={{ fontSize: 18, fontWeight: 650 }}>{conflict.title}</Typography>
              <Typography color="textSecondary">{dateTime(conflict.at)}</Typography>
            </Box>
            <ConflictFields conflict={conflict} />
            <Stack direction="row" spacing={1} sx={{ mt: 1.5, alignItems: 'center' }}>
              {rights === 'yes' && (
                <Button
                  variant="contained"
                  onClick={() => attention.applyMine(conflict.id).catch(setError)}
                >
                  {t('syncPage.applyMine')}
                </Button>
              )}
              {rights !== 'role' && (
                <Button
                  variant="outlined"
                  onClick={() => attention.keepTheirs(conflict.id).catch(setError)}
                >
                  {t(rights === 'yes' ? 'syncPage.keepTheirs' : 'syncPage.close')}
                </Button>
              )}
              {rights === 'role' && <Typography>{t('attention.needsRole')}</Typography>}
              {rights === 'never' && <Typography>{t('attention.immutableInvoice')}</Typography>}
            </Stack>
          </Box>
        );
      })}
    </Section>
  );
}
