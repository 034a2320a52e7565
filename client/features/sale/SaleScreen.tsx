import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import { useEffect, useRef, useState } from 'react';
import type { Invoice } from '../../../schemas/invoices';
import { errorCodeOf } from '../../../shared/errors/app-error';
import { ApprovalDialog } from '../../dialogs/ApprovalDialog';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSelected, useSubject } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { OpenShift } from '../shift/OpenShift';
import { CartTable } from './CartTable';
import { ClientPicker } from './ClientPicker';
import { EMPTY_CART, totalsOf } from './cart';
import { IssuedDialog } from './IssuedDialog';
import { ParkedSales } from './ParkedSales';
import { PaymentDialog, type Settlement } from './PaymentDialog';
import { SaleKeys } from './SaleKeys';
import { SaleTotals } from './SaleTotals';
import { ScanField } from './ScanField';
import { useCart } from './use-cart';
import { useSaleApproval } from './use-sale-approval';

/** Selling, without a mouse: scan or type, F10, Enter. */
export default function SaleScreen() {
  const desk = useDesk();
  const { t } = useWords();
  const session = useSubject(desk.session.state$);
  const incomplete = useSelected(desk.status.status$, (value) => value.incomplete);
  const shift = useSubject(desk.shifts.open$);
  const [cart, dispatch] = useCart();
  const [open, setOpen] = useState<'pay' | 'parked' | 'approve' | null>(null);
  const [issued, setIssued] = useState<Invoice | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const scan = useRef<HTMLInputElement>(null);
  const client = useRef<HTMLInputElement>(null);
  const issuing = useRef(false);
  const cancelled = useRef<AbortController | null>(null);
  const empty = cart.lines.length === 0;
  const { needs, approval, approve } = useSaleApproval(desk, cart);
  const charge = (): void => {
    setOpen(needs.length > 0 && approval === null ? 'approve' : 'pay');
  };
  const blocked = incomplete === null || incomplete.length > 0;

  const park = async (): Promise<void> => {
    if (empty) return;
    const name = desk.catalog.client(cart.clientId)?.name ?? t('sale.walkIn');
    const title = `${name} · ${t('sale.lines', { count: cart.lines.length })}`;
    await desk.drafts.save({ id: desk.ids.newId(), title, cart: { ...cart } });
    dispatch({ type: 'load', cart: EMPTY_CART });
    scan.current?.focus();
  };

  const keys = useRef(new Map<string, () => void>());
  keys.current = new Map([
    ['F2', () => scan.current?.focus()],
    ['F3', () => client.current?.focus()],
    ['F4', () => document.getElementById(`discount-${cart.selected}`)?.focus()],
    ['F6', () => document.getElementById(`quantity-${cart.selected}`)?.focus()],
    ['F8', () => void park()],
    ['F9', () => setOpen('parked')],
    ['F10', () => (empty || blocked || !shift ? undefined : charge())],
  ]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = keys.current.get(event.key);
      if (action === undefined || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  if (session.kind !== 'signedIn') return null;
  const { store } = session;
  const { currency } = store;

  const pay = ({ payments, tendered }: Settlement): void => {
    /* State comes a render late; two fast Enters must not issue twice. */
    if (issuing.current) return;
    issuing.current = true;
    cancelled.current = new AbortController();
    setBusy(true);
    setError(null);
    const sale = {
      type: cart.clientId === '' ? ('04' as const) : ('01' as const),
      clientId: cart.clientId,
      lines: cart.lines,
      payments,
      tendered,
      notes: '',
      ...(approval === null ? {} : { approval }),
    };
    desk.sales
      .issue(sale, cancelled.current.signal)
      .then((invoice) => {
        setIssued(invoice);
        setOpen(null);
        dispatch({ type: 'load', cart: EMPTY_CART });
      })
      .catch((failure: unknown) => {
        /* Whoever said "Cancelar" knows. */
        if (errorCodeOf(failure) !== 'CANCELLED') setError(failure);
      })
      .finally(() => {
        issuing.current = false;
        setBusy(false);
      });
  };

  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr) clamp(340px, 24vw, 460px)',
        gap: 2,
        height: '100%',
      }}
    >
      <Stack spacing={1.5} sx={{ minHeight: 0 }}>
        {incomplete !== null && incomplete.length > 0 && (
          <Alert severity="error">
            <strong>{t('sale.blockedTitle')}.</strong>{' '}
            {t('sale.blockedHelp', {
              what: incomplete.map((name) => t(`status.${name}`)).join(', '),
            })}
          </Alert>
        )}
        <ScanField
          inputRef={scan}
          currency={currency}
          onProduct={(product, quantity) => dispatch({ type: 'add', product, quantity })}
          onMove={(step) => dispatch({ type: 'select', index: Math.max(0, cart.selected + step) })}
          onRemove={() => dispatch({ type: 'remove', index: cart.selected })}
        />
        <Paper sx={{ flex: 1, minHeight: 0, overflow: 'auto' }} variant="outlined">
          <CartTable
            cart={cart}
            dispatch={dispatch}
            currency={currency}
            needsApproval={(line) => desk.sales.needs([line]).length > 0}
            onDone={() => scan.current?.focus()}
          />
        </Paper>
        <ClientPicker
          clientId={cart.clientId}
          inputRef={client}
          onClient={(clientId) => dispatch({ type: 'client', clientId })}
        />
      </Stack>
      <Stack spacing={1.5} sx={{ minHeight: 0, overflow: 'auto' }}>
        <SaleTotals
          cart={cart}
          clientName={desk.catalog.client(cart.clientId)?.name ?? null}
          currency={currency}
        />
        {shift === null ? (
          <OpenShift hint={t('sale.needShift')} />
        ) : (
          <Button
            variant="contained"
            sx={{ minHeight: 76, fontSize: 24 }}
            disabled={empty || blocked || shift === undefined}
            onClick={charge}
          >
            {t('sale.charge')} (F10)
          </Button>
        )}
        <Box sx={{ display: 'flex', gap: 1, '& > button': { flex: '1 1 0', px: 0.5 } }}>
          <Button variant="outlined" disabled={empty} onClick={() => void park()}>
            {t('sale.park')} (F8)
          </Button>
          <Button variant="outlined" onClick={() => setOpen('parked')}>
            {t('sale.parked')} (F9)
          </Button>
        </Box>
        <SaleKeys />
        {open === null && <ErrorNotice error={error} />}
      </Stack>
      {open === 'approve' && (
        <ApprovalDialog
          what={needs.map((need) => t(`approval.${need}`, { limit: store.maxDiscount / 100 }))}
          onClose={() => setOpen(null)}
          onApprove={async (approver, signal) => {
            await approve(approver, signal);
            if (!signal.aborted) setOpen('pay');
          }}
        />
      )}
      {open === 'pay' && (
        <PaymentDialog
          total={totalsOf(cart).total}
          currency={currency}
          busy={busy}
          error={error}
          onPay={pay}
          onClose={() => {
            cancelled.current?.abort();
            setOpen(null);
          }}
        />
      )}
      {open === 'parked' && (
        <ParkedSales
          onClose={() => setOpen(null)}
          onTake={(taken) => {
            dispatch({ type: 'load', cart: taken });
            setOpen(null);
          }}
        />
      )}
      {issued !== null && (
        <IssuedDialog
          invoice={issued}
          onNew={() => {
            setIssued(null);
            /* The dialog gives focus back to a button that is disabled by now. */
            setTimeout(() => scan.current?.focus(), 0);
          }}
        />
      )}
    </Box>
  );
}
