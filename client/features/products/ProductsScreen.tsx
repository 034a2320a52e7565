import Button from '@mui/material/Button';
import { useCallback, useMemo, useState } from 'react';
import type { Product } from '../../../schemas/products';
import { toCsv } from '../../../shared/import/csv-safe';
import { may } from '../../../shared/roles';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { useShownStock } from '../../services/use-shown-stock';
import { ListPage } from '../list/ListPage';
import { RecordState } from '../list/RecordState';
import { saveFile } from '../list/save-file';
import { type Column, VirtualTable } from '../list/VirtualTable';
import { shelfPrice } from '../sale/cart';
import { AdjustStockDialog } from './AdjustStockDialog';
import { ProductDialog } from './ProductDialog';

type Open = { kind: 'edit'; product: Product | null } | { kind: 'adjust'; product: Product } | null;

export default function ProductsScreen() {
  const { catalog, session, audit } = useDesk();
  const { t, money, quantity } = useWords();
  const { ready, revision } = useSubject(catalog.revision$);
  const state = useSubject(session.state$);
  const [search, setSearch] = useState('');
  const none = search.trim() === '' ? 'lists.noProducts' : 'lists.noMatch';
  /* What has not been read yet is not none. */
  const empty = ready ? none : 'app.starting';
  const [open, setOpen] = useState<Open>(null);
  const [visible, setVisible] = useState<readonly string[]>([]);
  const rows = useMemo(() => {
    void revision;
    return search.trim() === ''
      ? catalog.products()
      : catalog.searchProducts(search, { limit: 1000, includeInactive: true });
  }, [catalog, search, revision]);
  const onVisible = useCallback(
    (seen: readonly Product[]) => setVisible(seen.map(({ id }) => id)),
    [],
  );
  /* Nothing is asked while a form is open; when it closes, what it changed is read. */
  const stocks = useShownStock(open === null ? visible : []);
  if (state.kind !== 'signedIn') return null;
  const { currency } = state.store;
  const { role } = state.user;
  const columns: Column<Product>[] = [
    { key: 'code', label: t('lists.code'), width: '7em', render: (product) => product.code },
    {
      key: 'description',
      label: t('lists.description'),
      width: 'minmax(12em, 1fr)',
      render: (product) => product.description,
    },
    {
      key: 'barcode',
      label: t('lists.barcode'),
      width: '9.5em',
      render: (product) => product.barcode,
    },
    {
      key: 'price',
      label: t('lists.price'),
      width: '9em',
      align: 'right',
      render: (product) => money(product.price, currency),
    },
    {
      key: 'shelf',
      label: t('lists.priceWithTax'),
      width: '9em',
      align: 'right',
      render: (product) => money(shelfPrice(product), currency),
    },
    {
      key: 'stock',
      label: t('lists.stock'),
      width: '6.5em',
      align: 'right',
      render: (product) => {
        const shown = stocks.get(product.id);
        return shown === undefined || shown === null || !product.stocked ? '—' : quantity(shown);
      },
    },
    {
      key: 'state',
      label: t('lists.state'),
      width: '8em',
      render: (product) => <RecordState record={product} />,
    },
  ];
  const exportCsv = (): void => {
    const head = [t('lists.code'), t('lists.description'), t('lists.barcode'), t('lists.price')];
    const body = rows.map(({ code, description, barcode, price }) => [
      code,
      description,
      barcode,
      (price / 100).toFixed(2),
    ]);
    saveFile('productos.csv', toCsv([head, ...body]));
    void audit.noteExport('products', body.length);
  };
  return (
    <ListPage
      title={t('menu.products')}
      count={ready ? rows.length : null}
      search={search}
      onSearch={setSearch}
      actions={
        <>
          <Button variant="outlined" onClick={exportCsv}>
            {t('lists.export')}
          </Button>
          {may(role, 'editProducts') && (
            <Button variant="contained" onClick={() => setOpen({ kind: 'edit', product: null })}>
              {t('lists.newProduct')}
            </Button>
          )}
        </>
      }
    >
      <VirtualTable
        label={t('menu.products')}
        empty={t(empty)}
        rows={rows}
        columns={columns}
        onVisible={onVisible}
        onOpen={(product) => setOpen({ kind: 'edit', product })}
      />
      {open?.kind === 'edit' && (
        <ProductDialog
          product={open.product}
          readOnly={!may(role, 'editProducts')}
          onClose={() => setOpen(null)}
          onSaved={() => setOpen(null)}
          onAdjust={adjust(open.product, role)}
        />
      )}
      {open?.kind === 'adjust' && (
        <AdjustStockDialog product={open.product} onClose={() => setOpen(null)} />
      )}
    </ListPage>
  );

  function adjust(product: Product | null, by: typeof role): (() => void) | null {
    if (product === null || !product.stocked || !may(by, 'adjustStock')) return null;
    return () => setOpen({ kind: 'adjust', product });
  }
}
