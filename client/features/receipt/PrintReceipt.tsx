import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Invoice } from '../../../schemas/invoices';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { PrintStyles } from './PrintStyles';
import { Receipt } from './Receipt';

/** CSS pixels of a millimetre: 96 an inch. */
const PX_PER_MM = 96 / 25.4;

/** A button, and a key, that print the receipt of a stored document and nothing else of the page. */
export function PrintReceipt({ invoice }: { invoice: Invoice }) {
  const session = useSubject(useDesk().session.state$);
  const { t } = useWords();
  /** How often it was asked for; 0: the paper is not there yet. */
  const [asked, setAsked] = useState(0);
  /** The paper of the latest time, measured. A new one each time, so that each time prints once. */
  const [page, setPage] = useState<{ heightMm: number } | null>(null);
  const paper = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F7') return;
      event.preventDefault();
      setAsked((times) => times + 1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    if (asked === 0 || paper.current === null) return;
    setPage({ heightMm: Math.ceil(paper.current.offsetHeight / PX_PER_MM) + 4 });
  }, [asked]);
  useEffect(() => {
    /* The paper stays after that: browsers say "printed" while they are still reading it, and would print the desk. */
    if (page !== null) window.print();
  }, [page]);

  if (session.kind !== 'signedIn') return null;
  return (
    <>
      <Button variant="outlined" onClick={() => setAsked(asked + 1)}>
        {t('sale.print')} (F7)
      </Button>
      {asked > 0 &&
        createPortal(
          <>
            <PrintStyles heightMm={page?.heightMm ?? null} />
            <Box id="receipt-print" ref={paper}>
              <Receipt invoice={invoice} store={session.store} />
            </Box>
          </>,
          document.body,
        )}
    </>
  );
}
