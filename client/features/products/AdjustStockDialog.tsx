import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Product } from '../../../schemas/products';
import { parseQuantity } from '../../../shared/money/money';
import { cutText } from '../../../shared/text/cut-text';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { FormDialog } from '../list/FormDialog';

/** Moves a product's stock: a movement of its own, with its reason; the number on screen follows from it. */
export function AdjustStockDialog({ product, onClose }: { product: Product; onClose: () => void }) {
  const { stock } = useDesk();
  const { t } = useWords();
  const [quantity, setQuantity] = useState('');
  const [reason, setReason] = useState('');
  const parsed = parseQuantity(quantity.replace('−', '-'));
  const ok = parsed !== null && parsed !== 0;
  return (
    <FormDialog
      title={t('lists.adjust')}
      valid={ok && reason.trim() !== ''}
      onClose={onClose}
      onSave={async () => {
        if (parsed === null) return;
        await stock.adjust({ productId: product.id, kind: 'adjustment', quantity: parsed, reason });
        onClose();
      }}
    >
      <Typography>{product.description}</Typography>
      <TextField
        label={t('lists.adjustQuantity')}
        value={quantity}
        autoFocus
        required
        error={quantity !== '' && !ok}
        helperText={quantity !== '' && !ok ? t('lists.badQuantity') : ' '}
        onChange={(event) => setQuantity(event.target.value)}
      />
      <TextField
        label={t('lists.reason')}
        value={reason}
        required
        onChange={(event) => setReason(cutText(event.target.value, 180))}
      />
    </FormDialog>
  );
}
