import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useCallback, useEffect, useRef, useState } from 'react';
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
  /** Millimetres of paper that the receipt takes; null: it is not being printed. */
  const [height, setHeight] = useState<number | null>(null);
  const [isAsked, setAsked] = useState(false);
  const paper = useRef<HTMLDivElement>(null);

  /* Where nobody says that printing is over, the paper is still there, and is printed again. */
  const print = useCallback(() => {
    if (height === null) setAsked(true);
    else window.print();
  }, [height]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F7') return;
      event.preventDefault();
      print();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [print]);
  useEffect(() => {
    if (isAsked) setHeight(Math.ceil((paper.current?.offsetHeight ?? 0) / PX_PER_MM) + 4);
  }, [isAsked]);
  useEffect(() => {
    if (height === null) return;
    const done = (): void => {
      setAsked(false);
      setHeight(null);
    };
    /* The paper stays until the printer has it: some browsers go on before their print window is closed. */
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [height]);

  if (session.kind !== 'signedIn') return null;
  return (
    <>
      <Button variant="outlined" onClick={print}>
        {t('sale.print')} (F7)
      </Button>
      {isAsked &&
        createPortal(
          <>
            <PrintStyles heightMm={height} />
            <Box id="receipt-print" ref={paper}>
              <Receipt invoice={invoice} store={session.store} />
            </Box>
          </>,
          document.body,
        )}
    </>
  );
}
