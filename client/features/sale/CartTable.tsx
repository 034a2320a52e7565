import Delete from '@mui/icons-material/Delete';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import IconButton from '@mui/material/IconButton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { type Dispatch, useEffect, useRef } from 'react';
import { TAX_RATES } from '../../../shared/fiscal/tax-rates';
import { parseMoney, parseQuantity } from '../../../shared/money/money';
import { useWords } from '../../i18n/use-words';
import { useShownStock } from '../../services/use-shown-stock';
import { amountsOf, type Cart, type CartEvent, type CartLine } from './cart';
import { NumberField } from './NumberField';

/** The lines of the sale; quantity and discount are typed in place. */
export function CartTable(props: {
  cart: Cart;
  dispatch: Dispatch<CartEvent>;
  currency: string;
  /** Whether somebody else has to allow what stands in a line. */
  needsApproval: (line: CartLine) => boolean;
  /** A number was typed and Enter pressed: back to scanning. */
  onDone: () => void;
}) {
  const { cart, dispatch, currency } = props;
  const { t, money, amount, percent, quantity } = useWords();
  const selectedRow = useRef<HTMLTableRowElement>(null);
  const { selected } = cart;
  const count = cart.lines.length;
  useEffect(() => {
    /* A long sale scrolls: the line that was just scanned, or chosen by key, is the one to be seen. */
    if (selected < count) selectedRow.current?.scrollIntoView?.({ block: 'nearest' });
  }, [selected, count]);
  const stocks = useShownStock([...new Set(cart.lines.map(({ product }) => product.id))]);
  if (cart.lines.length === 0) {
    return (
      <Box sx={{ height: '100%', display: 'grid', placeContent: 'center', textAlign: 'center' }}>
        <Typography sx={{ fontSize: 22, fontWeight: 600 }}>{t('sale.empty')}</Typography>
        <Typography color="textSecondary" sx={{ fontSize: 17 }}>
          {t('sale.emptyHelp')}
        </Typography>
      </Box>
    );
  }
  return (
    <Table stickyHeader size="small" aria-label={t('sale.title')}>
      <TableHead>
        <TableRow>
          <TableCell sx={{ borderLeft: '5px solid transparent' }}>{t('sale.product')}</TableCell>
          <TableCell sx={{ width: 120 }} align="right">
            {t('sale.quantity')}
          </TableCell>
          <TableCell sx={{ width: 160 }} align="right">
            {t('sale.price')}
          </TableCell>
          <TableCell sx={{ width: 100 }} align="right">
            {t('sale.discount')}
          </TableCell>
          <TableCell sx={{ width: 84 }} align="right">
            {t('sale.tax')}
          </TableCell>
          <TableCell sx={{ width: 150 }} align="right">
            {t('sale.lineTotal')}
          </TableCell>
          <TableCell sx={{ width: 60 }} />
        </TableRow>
      </TableHead>
      <TableBody>
        {cart.lines.map((line, index) => {
          const amounts = amountsOf(line);
          const left = stocks.get(line.product.id);
          const short =
            line.product.stocked && left !== undefined && left !== null && left < line.quantity;
          return (
            <TableRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
              key={`${line.product.id}:${line.unitPrice}:${index}`}
              ref={index === selected ? selectedRow : null}
              selected={index === selected}
              sx={{
                '& > td:first-of-type': {
                  borderLeft: '5px solid',
                  borderLeftColor: index === selected ? 'primary.main' : 'transparent',
                },
              }}
              onFocus={() => dispatch({ type: 'select', index })}
            >
              <TableCell>
                <Typography sx={{ fontWeight: 600 }}>{line.product.description}</Typography>
                <Typography sx={{ fontSize: 14, color: short ? 'warning.main' : 'text.secondary' }}>
                  {short
                    ? t('sale.oversold', { quantity: quantity(left) })
                    : `${line.product.code} · ${line.product.unit}`}
                </Typography>
                {props.needsApproval(line) && (
                  <Chip size="small" color="warning" label={t('approval.needed')} />
                )}
              </TableCell>
              <TableCell>
                <NumberField
                  label={t('sale.quantity')}
                  inputId={`quantity-${index}`}
                  value={quantity(line.quantity)}
                  parse={(text) => positive(parseQuantity(text))}
                  onDone={props.onDone}
                  onValue={(value) =>
                    dispatch({ type: 'change', index, change: { quantity: value } })
                  }
                />
              </TableCell>
              <TableCell align="right">
                <NumberField
                  label={t('sale.price')}
                  value={amount(line.unitPrice)}
                  parse={(text) => notNegative(parseMoney(text))}
                  onDone={props.onDone}
                  onValue={(value) =>
                    dispatch({ type: 'change', index, change: { unitPrice: value } })
                  }
                />
              </TableCell>
              <TableCell>
                <NumberField
                  label={t('sale.discount')}
                  inputId={`discount-${index}`}
                  value={quantity(line.discountRate * 10)}
                  parse={parsePercent}
                  onDone={props.onDone}
                  onValue={(value) =>
                    dispatch({ type: 'change', index, change: { discountRate: value } })
                  }
                />
              </TableCell>
              <TableCell align="right">
                {line.product.taxCode === 'exempt'
                  ? t('lists.exempt')
                  : percent(TAX_RATES[line.product.taxCode])}
              </TableCell>
              <TableCell align="right" sx={{ fontSize: 17, fontWeight: 650 }}>
                {money(amounts.total, currency)}
              </TableCell>
              <TableCell padding="none">
                <IconButton
                  aria-label={t('sale.remove')}
                  onClick={() => dispatch({ type: 'remove', index })}
                >
                  <Delete />
                </IconButton>
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

const positive = (value: number | null): number | null =>
  value !== null && value > 0 ? value : null;
const notNegative = (value: number | null): number | null =>
  value !== null && value >= 0 ? value : null;
const parsePercent = (text: string): number | null => {
  const value = parseMoney(text);
  return value !== null && value >= 0 && value <= 10_000 ? value : null;
};
