import Button from '@mui/material/Button';
import { toCsv } from '../../../shared/import/csv-safe';
import type { Refusal } from '../../../shared/import/refusal';
import { useWords } from '../../i18n/use-words';
import { saveFile } from '../list/save-file';
import { useRefusalWords } from './use-refusal-words';

const HEAD = ['line', 'field', 'value', 'code', 'reason'] as const;

/** The refused lines as a file, for whoever mends the list. */
export function DownloadRefused({ name, refused }: { name: string; refused: readonly Refusal[] }) {
  const { t } = useWords();
  const words = useRefusalWords();
  const download = (): void => {
    const body = refused.map((refusal) => [
      refusal.line,
      words.field(refusal),
      refusal.value,
      refusal.code,
      words.reason(refusal),
    ]);
    saveFile(
      `${name.replace(/(\.(csv|txt|tsv))?(\.gz)?$/i, '')}-rechazadas.csv`,
      toCsv([HEAD.map((key) => t(`imports.${key}`)), ...body]),
    );
  };
  return (
    <Button variant="outlined" onClick={download} sx={{ whiteSpace: 'nowrap' }}>
      {t('imports.download')}
    </Button>
  );
}
