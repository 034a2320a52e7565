import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { parseMoney } from '../../../shared/money/money';
import { useWords } from '../../i18n/use-words';

/** Until somebody stops typing: a catalogue of 50,000 lines is read again for each price. */
const PAUSE_MS = 400;

/** The price that a catalogue has not. */
export function DefaultPrice(props: {
  price: number | null;
  /** Null while it cannot be changed. */
  onPrice: ((price: number | null) => void) | null;
}) {
  const { onPrice } = props;
  const { t } = useWords();
  const [text, setText] = useState(props.price === null ? '' : (props.price / 100).toFixed(2));
  const parsed = parseMoney(text);
  const price = parsed !== null && parsed > 0 ? parsed : null;
  const isBad = text.trim() !== '' && price === null;
  useEffect(() => {
    if (price === props.price || onPrice === null) return;
    const timer = setTimeout(() => onPrice(price), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [price, props.price, onPrice]);
  return (
    <TextField
      label={t('imports.price')}
      value={text}
      disabled={onPrice === null}
      error={isBad}
      helperText={t(isBad ? 'imports.badPrice' : 'imports.priceHelp')}
      onChange={(event) => setText(event.target.value)}
      sx={{ maxWidth: 560, flexShrink: 0, mt: 0.75 }}
    />
  );
}
