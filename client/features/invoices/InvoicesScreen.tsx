import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Invoice } from '../../../schemas/invoices';
import { useWords } from '../../i18n/use-words';
import type { InvoiceFilter } from '../../services/invoices-service';
import { useDesk } from '../../services/use-desk';
import { ListPage } from '../list/ListPage';
import { VirtualTable } from '../list/VirtualTable';
import { ErrorNotice } from '../session/ErrorNotice';
import { HeldFrom } from './HeldFrom';
import { useInvoiceColumns } from './use-invoice-columns';

const PAGE = 100;
const TYPES = ['all', '01', '04', '03', '02'] as const;

/** The store's invoices as far as this terminal has them, newest first; more are read as one scrolls. */
export default function InvoicesScreen() {
  const { invoices } = useDesk();
  const { t } = useWords();
  const navigate = useNavigate();
  const [filter, setFilter] = useState<InvoiceFilter>({
    text: '',
    type: 'all',
    onlyPending: false,
    onlyAlerts: false,
  });
  const [rows, setRows] = useState<readonly Invoice[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [changes, setChanges] = useState(0);
  const more = useRef({ busy: false, end: false });

  useEffect(() => {
    const subscription = invoices.changed$.subscribe(() => setChanges((count) => count + 1));
    return () => subscription.unsubscribe();
  }, [invoices]);
  useEffect(() => {
    let alive = true;
    void changes;
    invoices.page(filter, null, PAGE).then(
      (found) => {
        if (!alive) return;
        more.current = { busy: false, end: found.length < PAGE };
        setError(null);
        setRows(found);
      },
      (failed) => alive && setError(failed),
    );
    return () => {
      alive = false;
    };
  }, [invoices, filter, changes]);
  const last = rows.at(-1)?.id ?? null;
  const onEnd = useCallback(() => {
    if (more.current.busy || more.current.end || last === null) return;
    more.current.busy = true;
    invoices.page(filter, last, PAGE).then(
      (found) => {
        more.current = { busy: false, end: found.length < PAGE };
        setRows((shown) => (shown.at(-1)?.id === last ? [...shown, ...found] : shown));
      },
      (failed) => {
        more.current.busy = false;
        setError(failed);
      },
    );
  }, [invoices, filter, last]);

  const isFiltered =
    filter.text.trim() !== '' || filter.type !== 'all' || filter.onlyPending || filter.onlyAlerts;
  const columns = useInvoiceColumns();
  return (
    <ListPage
      title={t('menu.invoices')}
      count={error === null ? rows.length : null}
      search={filter.text}
      onSearch={(text) => setFilter({ ...filter, text })}
      actions={
        <>
          <TextField
            select
            label={t('lists.type')}
            value={filter.type}
            sx={{ maxWidth: 190 }}
            onChange={(event) => {
              const type = TYPES.find((entry) => entry === event.target.value) ?? 'all';
              setFilter({ ...filter, type });
            }}
          >
            {TYPES.map((type) => (
              <MenuItem key={type} value={type}>
                {type === 'all' ? t('lists.all') : t(`lists.type${type}`)}
              </MenuItem>
            ))}
          </TextField>
          {(['onlyPending', 'onlyAlerts'] as const).map((field) => (
            <FormControlLabel
              key={field}
              sx={{ whiteSpace: 'nowrap', mr: 0 }}
              control={
                <Switch
                  checked={filter[field]}
                  onChange={(event) => setFilter({ ...filter, [field]: event.target.checked })}
                />
              }
              label={t(field === 'onlyPending' ? 'lists.onlyPending' : 'attention.onlyAlerts')}
            />
          ))}
        </>
      }
    >
      <ErrorNotice error={error} />
      <HeldFrom />
      <VirtualTable
        label={t('menu.invoices')}
        empty={error !== null ? '' : t(isFiltered ? 'lists.noMatch' : 'lists.noInvoices')}
        rows={rows}
        columns={columns}
        onEnd={onEnd}
        onOpen={(invoice) => navigate(`/facturas/${invoice.id}`)}
      />
    </ListPage>
  );
}
