import { useMemo } from 'react';
import type { ClientContent, ProductContent } from '../../../shared/import/imported';
import { useWords } from '../../i18n/use-words';
import type { FilePreview } from '../../services/import-service';
import { type Column, VirtualTable } from '../list/VirtualTable';

type Readable = Extract<FilePreview, { ok: true }>;

/** The first of what would be imported: whether decimals and accents are as they should be is seen at a glance. */
export function AcceptedTable({ preview, currency }: { preview: Readable; currency: string }) {
  return preview.sample.products.length > 0 ? (
    <Products products={preview.sample.products} currency={currency} />
  ) : (
    <Clients clients={preview.sample.clients} />
  );
}

const numbered = <T,>(rows: readonly T[]): (T & { id: string })[] =>
  rows.map((row, index) => ({ ...row, id: String(index) }));

function Products(props: { products: readonly ProductContent[]; currency: string }) {
  const { t, money } = useWords();
  const rows = useMemo(() => numbered(props.products), [props.products]);
  const columns: Column<ProductContent>[] = [
    { key: 'code', label: t('lists.code'), width: '10em', render: ({ code }) => code },
    {
      key: 'description',
      label: t('lists.description'),
      width: 'minmax(14em, 1fr)',
      render: ({ description }) => description,
    },
    { key: 'barcode', label: t('lists.barcode'), width: '10em', render: ({ barcode }) => barcode },
    { key: 'unit', label: t('lists.unit'), width: '5em', render: ({ unit }) => unit },
    {
      key: 'tax',
      label: t('lists.taxCode'),
      width: '6em',
      render: ({ taxCode }) => (taxCode === 'exempt' ? t('lists.exempt') : `${taxCode.slice(3)} %`),
    },
    {
      key: 'price',
      label: t('lists.price'),
      width: '10em',
      align: 'right',
      render: ({ price }) => money(price, props.currency),
    },
  ];
  return (
    <VirtualTable
      label={t('imports.accepted')}
      rows={rows}
      columns={columns}
      empty={t('imports.nothing')}
    />
  );
}

function Clients({ clients }: { clients: readonly ClientContent[] }) {
  const { t } = useWords();
  const rows = useMemo(() => numbered(clients), [clients]);
  const columns: Column<ClientContent>[] = [
    { key: 'name', label: t('lists.name'), width: 'minmax(14em, 2fr)', render: (row) => row.name },
    {
      key: 'identification',
      label: t('lists.identification'),
      width: '11em',
      render: (row) => row.identification,
    },
    { key: 'phone', label: t('lists.phone'), width: '9em', render: (row) => row.phone },
    { key: 'email', label: t('lists.email'), width: '1fr', render: (row) => row.email },
    { key: 'address', label: t('lists.address'), width: '1fr', render: (row) => row.address },
  ];
  return (
    <VirtualTable
      label={t('imports.accepted')}
      rows={rows}
      columns={columns}
      empty={t('imports.nothing')}
    />
  );
}
