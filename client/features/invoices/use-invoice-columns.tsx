import Typography from '@mui/material/Typography';
import type { Invoice } from '../../../schemas/invoices';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import type { Column } from '../list/VirtualTable';
import { InvoiceState } from './InvoiceState';

/** What a list says of each invoice. */
export function useInvoiceColumns(): Column<Invoice>[] {
  const { t, money, dateTime } = useWords();
  const state = useSubject(useDesk().session.state$);
  const timeZone = state.kind === 'signedIn' ? state.store.timeZone : undefined;
  return [
    {
      key: 'consecutive',
      label: t('lists.consecutive'),
      width: '13em',
      render: (invoice) => invoice.consecutive,
    },
    {
      key: 'type',
      label: t('lists.type'),
      width: '9em',
      render: (invoice) => t(`lists.type${invoice.type}`),
    },
    {
      key: 'date',
      label: t('lists.date'),
      width: '11em',
      render: (invoice) => dateTime(invoice.issuedAt, timeZone),
    },
    {
      key: 'client',
      label: t('lists.client'),
      width: '1fr',
      render: (invoice) =>
        invoice.client.name || (
          <Typography component="span" color="textSecondary">
            {t('sale.walkIn')}
          </Typography>
        ),
    },
    {
      key: 'total',
      label: t('lists.total'),
      width: '10em',
      align: 'right',
      render: (invoice) => money(invoice.totals.total, invoice.currency),
    },
    {
      key: 'state',
      label: t('lists.state'),
      width: '9em',
      render: (invoice) => <InvoiceState invoice={invoice} />,
    },
  ];
}
