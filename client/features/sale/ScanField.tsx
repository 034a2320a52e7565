import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import type { Product } from '../../../schemas/products';
import { parseQuantity } from '../../../shared/money/money';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { useShownStock } from '../../services/use-shown-stock';
import { shelfPrice, splitQuantity } from './cart';

const SHOWN = 8;

/** One field for scanner, code and words. A scanner is a fast keyboard that ends with Enter. */
export function ScanField(props: {
  inputRef: RefObject<HTMLInputElement | null>;
  currency: string;
  onProduct: (product: Product, quantity: number) => void;
  /** With nothing typed the arrows choose a line of the sale, and Delete takes it out. */
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}) {
  const { catalog } = useDesk();
  const { t, money, quantity } = useWords();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const wanted = splitQuantity(text);
  const { revision } = useSubject(catalog.revision$);
  /* Once a text: the field is drawn again for each stock that comes in, and when the cart changes. */
  const results = useMemo(() => {
    void revision;
    return wanted.rest.length >= 2 ? catalog.searchProducts(wanted.rest, { limit: SHOWN }) : [];
  }, [catalog, wanted.rest, revision]);
  const stocks = useShownStock(results.map(({ id }) => id));

  const take = (product: Product): void => {
    const units = wanted.quantity === null ? 1000 : (parseQuantity(wanted.quantity) ?? 1000);
    props.onProduct(product, Math.max(1, units));
    setText('');
    setMissing(null);
    setChosen(0);
  };
  const enter = async (): Promise<void> => {
    if (wanted.rest === '') return;
    /* The index cannot be read: what the lists in memory show can be chosen all the same. */
    const exact = await catalog.findByScan(wanted.rest).catch(() => null);
    const picked = exact ?? results[chosen];
    if (picked !== undefined && picked !== null) return take(picked);
    setMissing(wanted.rest);
    props.inputRef.current?.select();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      void enter();
    } else if (event.key === 'ArrowDown' && results.length > 0) {
      event.preventDefault();
      setChosen((chosen + 1) % results.length);
    } else if (event.key === 'ArrowUp' && results.length > 0) {
      event.preventDefault();
      setChosen((chosen + results.length - 1) % results.length);
    } else if (event.key === 'Escape') {
      setText('');
      setMissing(null);
    } else if (text !== '') return;
    else if (event.key === 'ArrowDown') props.onMove(1);
    else if (event.key === 'ArrowUp') props.onMove(-1);
    else if (event.key === 'Delete') props.onRemove();
  };

  return (
    <Box sx={{ position: 'relative' }}>
      <TextField
        inputRef={props.inputRef}
        label={t('sale.scanLabel')}
        value={text}
        autoFocus
        autoComplete="off"
        error={missing !== null}
        helperText={missing === null ? t('sale.scanHelp') : t('sale.notFound', { text: missing })}
        onChange={(event) => {
          setText(event.target.value);
          setMissing(null);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        slotProps={{
          htmlInput: {
            style: { fontSize: 22, height: 34 },
            role: 'combobox',
            'aria-expanded': results.length > 0,
            'aria-controls': 'scan-results',
          },
        }}
      />
      {results.length > 0 && (
        <Paper
          id="scan-results"
          role="listbox"
          elevation={8}
          sx={{ position: 'absolute', insetInline: 0, top: 62, zIndex: 10, overflow: 'hidden' }}
        >
          {results.map((product, index) => {
            const left = stocks.get(product.id);
            return (
              <Box
                key={product.id}
                role="option"
                aria-selected={index === chosen}
                onMouseDown={(event) => {
                  event.preventDefault();
                  take(product);
                }}
                sx={{
                  display: 'grid',
                  gridTemplateColumns: '6.5em 1fr 8em 9em',
                  gap: 2,
                  px: 2,
                  py: 1.25,
                  cursor: 'pointer',
                  bgcolor: index === chosen ? 'action.selected' : 'transparent',
                }}
              >
                <Typography color="textSecondary">{product.code}</Typography>
                <Typography noWrap>{product.description}</Typography>
                <Typography color="textSecondary" align="right">
                  {left === undefined || left === null || !product.stocked
                    ? ''
                    : t('sale.stockLeft', { quantity: quantity(left) })}
                </Typography>
                <Typography align="right" sx={{ fontWeight: 600 }}>
                  {money(shelfPrice(product), props.currency)}
                </Typography>
              </Box>
            );
          })}
        </Paper>
      )}
    </Box>
  );
}
