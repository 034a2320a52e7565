import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useMemo, useState } from 'react';
import type { Derivations } from '../../../shared/import/read-import';
import { isRefusalCode, type Refusal } from '../../../shared/import/refusal';
import { useWords } from '../../i18n/use-words';
import type { ChosenFile, FilePreview } from '../../services/import-service';
import { AcceptedTable } from './AcceptedTable';
import { DefaultPrice } from './DefaultPrice';
import { DownloadRefused } from './DownloadRefused';
import { KnownFiles } from './KnownFiles';
import { RefusedTable } from './RefusedTable';
import { useCount } from './use-count';

type Readable = Extract<FilePreview, { ok: true }>;
type Unreadable = Extract<FilePreview, { ok: false }>;

interface DetailProps {
  file: ChosenFile;
  currency: string;
  defaultPrice: number | null;
  /** Null while it cannot be changed. */
  onPrice: ((price: number | null) => void) | null;
}

/** One file: what was made of it, what is refused and why, and the first of what is accepted. */
export function FileDetail(props: DetailProps) {
  const { preview } = props.file;
  if (preview === null) return <LinearProgress sx={{ flex: 1 }} />;
  return (
    <Stack spacing={1} sx={{ flex: 1, minWidth: 0 }}>
      {preview.ok ? <Read {...props} preview={preview} /> : <WhyUnreadable preview={preview} />}
    </Stack>
  );
}

function Read({ file, preview, ...props }: DetailProps & { preview: Readable }) {
  const { t } = useWords();
  const count = useCount();
  const [tab, setTab] = useState<'refused' | 'accepted' | null>(null);
  const refused = useMemo(() => refusedOf(file, preview), [file, preview]);
  const samples = preview.sample.products.length || preview.sample.clients.length;
  const best = refused.length > 0 ? 'refused' : 'accepted';
  const shown = samples === 0 ? 'refused' : (tab ?? best);
  return (
    <>
      {preview.kind === 'catalogue' && (
        <DefaultPrice
          price={props.defaultPrice}
          onPrice={file.outcome.kind === 'done' ? null : props.onPrice}
        />
      )}
      <Notes preview={preview} />
      <Stack direction="row" sx={{ alignItems: 'center' }}>
        <Tabs value={shown} onChange={(_, value: typeof tab) => setTab(value)} sx={{ flex: 1 }}>
          <Tab value="refused" label={t('imports.refusedTab', { count: count(refused.length) })} />
          {samples > 0 && (
            <Tab value="accepted" label={t('imports.acceptedTab', { count: count(samples) })} />
          )}
        </Tabs>
        {refused.length > 0 && <DownloadRefused name={file.name} refused={refused} />}
      </Stack>
      {shown === 'refused' ? (
        <RefusedTable refused={refused} />
      ) : (
        <AcceptedTable preview={preview} currency={props.currency} />
      )}
    </>
  );
}

/** The server has seen the store's own data too: where it lists all that it refused, its list is the better one. */
function refusedOf({ outcome }: ChosenFile, preview: Readable): readonly Refusal[] {
  if (outcome.kind !== 'done') return preview.refused;
  const { refused, refusedCount } = outcome.reply;
  if (refused.length < refusedCount) return preview.refused;
  return refused.flatMap(({ code, ...refusal }) =>
    isRefusalCode(code) ? [{ ...refusal, code }] : [],
  );
}

/** What was derived rather than read, and what of the file is left aside. */
function Notes({ preview }: { preview: Readable }) {
  const { t } = useWords();
  const count = useCount();
  const derived = (Object.keys(preview.derived) as (keyof Derivations)[]).filter(
    (key) => preview.derived[key] > 0,
  );
  const notes = [
    ...(preview.encoding === 'windows-1252' ? [t('imports.windows1252')] : []),
    ...derived.map((key) => t(`importDerived.${key}`, { count: count(preview.derived[key]) })),
    ...(preview.unusedHeaders.length === 0
      ? []
      : [t('imports.unusedHeaders', { headers: preview.unusedHeaders.join(', ') })]),
  ];
  if (notes.length === 0) return null;
  return (
    <Alert
      severity="info"
      role="note"
      sx={{ flexShrink: 0, maxHeight: 132, overflow: 'auto', py: 0 }}
    >
      {notes.map((note) => (
        <div key={note}>{note}</div>
      ))}
    </Alert>
  );
}

/** Where the header is at fault, what it may be stands below. */
function WhyUnreadable({ preview }: { preview: Unreadable }) {
  const { t, errorWords } = useWords();
  const words = errorWords(preview.code);
  const isHeader = preview.code === 'FILE_KIND_UNKNOWN' || preview.code === 'FILE_HEADER_BAD';
  return (
    <>
      <Alert severity="error" role="alert">
        <strong>{words.title}.</strong> {words.safe} {words.action}
        {preview.isSpreadsheet && <div>{t('imports.spreadsheet')}</div>}
        {preview.headers.map(({ code, header }) => (
          <div key={`${code} ${header}`}>
            {t(code === 'MISSING_HEADER' ? 'imports.missingHeader' : 'imports.duplicateHeader', {
              header,
            })}
          </div>
        ))}
      </Alert>
      {isHeader && <KnownFiles />}
    </>
  );
}
