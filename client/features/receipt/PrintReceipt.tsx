import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import GlobalStyles from '@mui/material/GlobalStyles';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Invoice } from '../../../schemas/invoices';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { Receipt } from './Receipt';

/** A button that prints the receipt of a stored document, and nothing else of the page. */
export function PrintReceipt({ invoice }: { invoice: Invoice }) {
  const session = useSubject(useDesk().session.state$);
  const { t } = useWords();
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    if (!printing) return;
    window.print();
    setPrinting(false);
  }, [printing]);
  if (session.kind !== 'signedIn') return null;
  return (
    <>
      <Button variant="outlined" onClick={() => setPrinting(true)}>
        {t('sale.print')}
      </Button>
      {printing &&
        createPortal(
          <>
            <GlobalStyles
              styles={{
                '@page': { size: '80mm auto', margin: 0 },
                '@media print': {
                  'body > *:not(#receipt-print)': { display: 'none !important' },
                },
              }}
            />
            <Box id="receipt-print" sx={{ display: 'none', displayPrint: 'block' }}>
              <Receipt invoice={invoice} store={session.store} />
            </Box>
          </>,
          document.body,
        )}
    </>
  );
}
