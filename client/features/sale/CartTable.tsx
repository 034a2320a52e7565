import Delete from '@mui/icons-material/Delete';
import IconButton from '@mui/material/IconButton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { Dispatch } from 'react';
import { parseMoney, parseQuantity } from '../../../shared/money/money';
import { useWords } from '../../i18n/use-words';
import { useShownStock } from '../../services/use-shown-stock';
import { amountsOf, type Cart, type CartEvent } from './cart';
import { NumberField } from './NumberField';

/** The lines of the sale; quantity and discount are typed in place. */
export function CartTable(props: {
  cart: Cart;
  dispatch: Dispatch<CartEvent>;
  currency: string;
  mayChangePrice: boolean;
  /** Highest discount in basis points that this role may give alone. */
  maxDiscount: number;
  onRefused: (message: string) => void;
}) {
  const { cart, dispatch, currency } = props;
  const { t, money, quantity } = useWords();
  const stocks = useShownStock([...new Set(cart.lines.map(({ product }) => product.id))]);
  if (cart.lines.length === 0) {
    return (
      <Typography color="text.secondary" sx={{ p: 4, textAlign: 'center', fontSize: 18 }}>
        {t('sale.empty')}
      </Typography>
    );
  }
  return (
    <Table stickyHeader size="small" aria-label={t('sale.title')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('sale.product')}</TableCell>
          <TableCell sx={{ width: 120 }} align="right">
            {t('sale.quantity')}
          </TableCell>
          <TableCell sx={{ width: 150 }} align="right">
            {t('sale.price')}
          </TableCell>
          <TableCell sx={{ width: 100 }} align="right">
            {t('sale.discount')}
          </TableCell>
          <TableCell sx={{ width: 70 }} align="right">
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
              selected={index === cart.selected}
              onFocus={() => dispatch({ type: 'select', index })}
            >
              <TableCell>
                <Typography sx={{ fontWeight: 600 }}>{line.product.description}</Typography>
                <Typography sx={{ fontSize: 14 }} color={short ? 'warning.main' : 'text.secondary'}>
                  {short
                    ? t('sale.oversold', { quantity: quantity(left) })
                    : `${line.product.code} · ${line.product.unit}`}
                </Typography>
              </TableCell>
              <TableCell>
                <NumberField
                  label={t('sale.quantity')}
                  inputId={`quantity-${index}`}
                  value={quantity(line.quantity)}
                  parse={(text) => positive(parseQuantity(text))}
                  onValue={(value) =>
                    dispatch({ type: 'change', index, change: { quantity: value } })
                  }
                />
              </TableCell>
              <TableCell align="right">
                {props.mayChangePrice ? (
                  <NumberField
                    label={t('sale.price')}
                    value={(line.unitPrice / 100).toFixed(2)}
                    parse={(text) => notNegative(parseMoney(text))}
                    onValue={(value) =>
                      dispatch({ type: 'change', index, change: { unitPrice: value } })
                    }
                  />
                ) : (
                  money(line.unitPrice, currency)
                )}
              </TableCell>
              <TableCell>
                <NumberField
                  label={t('sale.discount')}
                  inputId={`discount-${index}`}
                  value={String(line.discountRate / 100)}
                  parse={percent}
                  onValue={(value) => {
                    if (value > props.maxDiscount) {
                      props.onRefused(t('sale.discountLimit', { limit: props.maxDiscount / 100 }));
                      dispatch({
                        type: 'change',
                        index,
                        change: { discountRate: line.discountRate },
                      });
                    } else dispatch({ type: 'change', index, change: { discountRate: value } });
                  }}
                />
              </TableCell>
              <TableCell align="right">
                {amounts.net === 0 ? '' : `${Math.round((amounts.tax * 100) / amounts.net)} %`}
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
const percent = (text: string): number | null => {
  const value = parseMoney(text);
  return value !== null && value >= 0 && value <= 10_000 ? value : null;
};
