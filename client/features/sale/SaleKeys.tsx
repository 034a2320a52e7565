import Box from '@mui/material/Box';
import { useWords } from '../../i18n/use-words';

/** The keys of the sale that no button shows. */
export function SaleKeys() {
  const { t } = useWords();
  const keys = [
    ['F2', t('sale.product')],
    ['F3', t('sale.client')],
    ['F4', t('sale.discount')],
    ['F6', t('sale.quantity')],
    ['↑ ↓', t('sale.keyLine')],
    [t('sale.keyDelete'), t('sale.remove')],
  ] as const;
  return (
    <Box
      component="dl"
      aria-label={t('sale.keys')}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto 1fr auto 1fr',
        columnGap: 1,
        rowGap: 0.75,
        m: 0,
        mt: 'auto',
        alignItems: 'center',
        color: 'text.secondary',
        fontSize: 14,
      }}
    >
      {keys.map(([key, label]) => (
        <Box key={key} sx={{ display: 'contents' }}>
          <Box component="dt">
            <kbd>{key}</kbd>
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {label}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
