import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { Product, TaxCode, Unit } from '../../../schemas/products';
import { isValidGtin } from '../../../shared/fiscal/gtin';
import { TAX_RATES } from '../../../shared/fiscal/tax-rates';
import { parseMoney } from '../../../shared/money/money';
import { cutText } from '../../../shared/text/cut-text';
import { useWords } from '../../i18n/use-words';
import type { ProductInput } from '../../services/products-service';
import { useDesk } from '../../services/use-desk';
import { FormDialog } from '../list/FormDialog';
import { RefusedFor } from '../list/RefusedFor';

const UNITS: readonly Unit[] = ['Unid', 'kg', 'g', 'L', 'm', 'h', 'Sp'];
const TAXES = Object.keys(TAX_RATES) as TaxCode[];

const EMPTY: ProductInput = {
  code: '',
  barcode: '',
  description: '',
  cabys: '',
  unit: 'Unid',
  price: 0,
  taxCode: 'iva13',
  stocked: true,
  notes: '',
  active: true,
};

/** Creates or edits a product; those whose role may not change it see it all the same. */
export function ProductDialog(props: {
  product: Product | null;
  readOnly: boolean;
  /** Why the server refused it, where it is opened to be corrected. */
  refusedFor?: string;
  onClose: () => void;
  onSaved: () => void;
  onAdjust: (() => void) | null;
}) {
  const { products, catalog } = useDesk();
  const { t, amount, percent, errorWords } = useWords();
  const { product, readOnly } = props;
  const [input, setInput] = useState<ProductInput>(() =>
    product === null ? EMPTY : pick(product),
  );
  const [price, setPrice] = useState(product === null ? '' : amount(product.price));
  const set = (change: Partial<ProductInput>): void => setInput({ ...input, ...change });
  const minor = parseMoney(price);
  const code = input.code.trim().toLowerCase();
  const isTaken = catalog
    .products()
    .some((other) => other.id !== product?.id && other.code.toLowerCase() === code);
  const ok = {
    code: input.code.trim() !== '' && !isTaken,
    description: input.description.trim() !== '',
    price: minor !== null && minor >= 0,
    barcode: input.barcode === '' || isValidGtin(input.barcode),
    cabys: /^(\d{13})?$/.test(input.cabys),
  };
  const save = async (): Promise<void> => {
    const value = { ...input, price: minor ?? 0 };
    if (product === null) await products.create(value);
    else await products.edit(product.id, value);
    props.onSaved();
  };
  /** Read, not greyed out: whoever may only look should be able to. */
  const fixed = readOnly ? { slotProps: { input: { readOnly } } } : {};
  const fixedSelect = readOnly ? { slotProps: { select: { readOnly } } } : {};
  return (
    <FormDialog
      title={
        props.refusedFor !== undefined
          ? t('attention.correct')
          : t(product === null ? 'lists.newProduct' : 'lists.editProduct')
      }
      {...(props.refusedFor === undefined ? {} : { saveLabel: t('attention.correct') })}
      valid={Object.values(ok).every(Boolean)}
      readOnly={readOnly}
      onSave={save}
      onClose={props.onClose}
      extra={
        props.onAdjust !== null && <Button onClick={props.onAdjust}>{t('lists.adjust')}</Button>
      }
    >
      {props.refusedFor !== undefined && <RefusedFor reason={props.refusedFor} />}
      {readOnly && <Alert severity="info">{t('lists.readOnly')}</Alert>}
      <TextField
        label={t('lists.description')}
        value={input.description}
        autoFocus
        required
        {...fixed}
        onChange={(event) => set({ description: cutText(event.target.value, 200) })}
      />
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 2, rowGap: 0.5 }}>
        <TextField
          label={t('lists.code')}
          value={input.code}
          required
          error={isTaken}
          helperText={isTaken ? errorWords('DUPLICATE_CODE').title : ' '}
          {...fixed}
          onChange={(event) => set({ code: cutText(event.target.value.trim(), 40) })}
        />
        <TextField
          label={t('lists.barcode')}
          value={input.barcode}
          error={!ok.barcode}
          helperText={ok.barcode ? ' ' : t('lists.badBarcode')}
          {...fixed}
          onChange={(event) =>
            set({ barcode: event.target.value.replaceAll(/\D/g, '').slice(0, 14) })
          }
        />
        <TextField
          label={t('lists.price')}
          value={price}
          required
          error={!ok.price}
          helperText={ok.price || price === '' ? ' ' : t('lists.badPrice')}
          {...fixed}
          onChange={(event) => setPrice(event.target.value)}
        />
        <TextField
          select
          label={t('lists.taxCode')}
          value={input.taxCode}
          {...fixedSelect}
          onChange={(event) => {
            const taxCode = TAXES.find((code) => code === event.target.value);
            if (taxCode !== undefined) set({ taxCode });
          }}
        >
          {TAXES.map((code) => (
            <MenuItem key={code} value={code}>
              {code === 'exempt'
                ? t('lists.exempt')
                : `${t('sale.tax')} ${percent(TAX_RATES[code])}`}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={t('lists.unit')}
          value={input.unit}
          {...fixedSelect}
          onChange={(event) => {
            const unit = UNITS.find((entry) => entry === event.target.value);
            if (unit !== undefined) set({ unit });
          }}
        >
          {UNITS.map((unit) => (
            <MenuItem key={unit} value={unit}>
              {unit}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label={t('lists.cabys')}
          value={input.cabys}
          error={!ok.cabys}
          helperText={ok.cabys ? ' ' : t('lists.badCabys')}
          {...fixed}
          onChange={(event) =>
            set({ cabys: event.target.value.replaceAll(/\D/g, '').slice(0, 13) })
          }
        />
      </Box>
      <TextField
        label={t('lists.notes')}
        value={input.notes}
        {...fixed}
        onChange={(event) => set({ notes: cutText(event.target.value, 500) })}
      />
      <Box>
        {(['stocked', 'active'] as const).map((field) => (
          <FormControlLabel
            key={field}
            disabled={readOnly}
            control={
              <Switch
                checked={input[field]}
                onChange={(event) => set({ [field]: event.target.checked })}
              />
            }
            label={field === 'stocked' ? t('lists.stocked') : t('app.active')}
          />
        ))}
      </Box>
    </FormDialog>
  );
}

const pick = (product: Product): ProductInput => ({
  code: product.code,
  barcode: product.barcode,
  description: product.description,
  cabys: product.cabys,
  unit: product.unit,
  price: product.price,
  taxCode: product.taxCode,
  stocked: product.stocked,
  notes: product.notes,
  active: product.active,
});
