import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import type { AnyDocument } from '../../../schemas/registry';
import { useWords } from '../../i18n/use-words';
import { useFieldWords } from './use-field-words';

/** A document as it stands here, field by field in words, to be looked at. */
export function DocumentDialog(props: { document: AnyDocument; onClose: () => void }) {
  const { t, exists } = useWords();
  const { name, value } = useFieldWords();
  const fields = Object.entries(props.document).filter(([field]) => exists(`fields.${field}`));
  return (
    <Dialog open onClose={props.onClose} aria-labelledby="document-title">
      <DialogTitle id="document-title">{t('attention.document')}</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{
            display: 'grid',
            gridTemplateColumns: 'max-content 1fr',
            columnGap: 3,
            rowGap: 1,
            m: 0,
            fontSize: 17,
          }}
        >
          {fields.map(([field, content]) => (
            <Box key={field} sx={{ display: 'contents' }}>
              <Box component="dt" sx={{ color: 'text.secondary' }}>
                {name(field)}
              </Box>
              <Box component="dd" sx={{ m: 0 }}>
                {value(field, content)}
              </Box>
            </Box>
          ))}
        </Box>
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <Button variant="contained" autoFocus onClick={props.onClose}>
          {t('app.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
