import GlobalStyles from '@mui/material/GlobalStyles';

/**
 * One page of 80 mm paper, as long as the receipt, with nothing of the desk on it. (`size: 80mm auto` is not CSS: a
 * browser drops it, and prints a receipt on an office sheet.) On screen the paper is out of sight, but laid out, so that
 * it can be measured.
 */
export function PrintStyles({ heightMm }: { heightMm: number | null }) {
  return (
    <GlobalStyles
      styles={{
        ...(heightMm === null ? {} : { '@page': { size: `80mm ${heightMm}mm`, margin: 0 } }),
        '#receipt-print': { position: 'absolute', top: 0, left: '-200mm', visibility: 'hidden' },
        '@media print': {
          'html, body': { background: '#fff', margin: 0 },
          'body > *:not(#receipt-print)': { display: 'none !important' },
          '#receipt-print': { position: 'static', visibility: 'visible' },
        },
      }}
    />
  );
}
