import UploadFile from '@mui/icons-material/UploadFile';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words';
import { KnownFiles } from './KnownFiles';

/** Before any file was chosen: where to drop them, and which are understood. */
export function EmptyImport({ children }: { children: ReactNode }) {
  const { t } = useWords();
  return (
    <>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 3,
          px: 4,
          py: 3,
          border: 2,
          borderStyle: 'dashed',
          borderColor: 'divider',
          borderRadius: 2,
          bgcolor: 'background.paper',
        }}
      >
        <UploadFile color="primary" sx={{ fontSize: 56 }} />
        <Box sx={{ flex: 1 }}>
          <Typography variant="h6" component="p">
            {t('imports.drop')}
          </Typography>
          <Typography color="text.secondary" sx={{ maxWidth: 760 }}>
            {t('imports.dropHelp')}
          </Typography>
        </Box>
        {children}
      </Box>
      <KnownFiles />
    </>
  );
}
