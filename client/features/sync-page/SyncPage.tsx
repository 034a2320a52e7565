import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import type { Observable } from 'rxjs';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { Comparison } from './Comparison';
import { ConflictList } from './ConflictList';
import { RejectedList } from './RejectedList';
import { RunList } from './RunList';

/** The latest value of a list that is observed; null until it was read. */
export function useList<T>(make: () => Observable<readonly T[]>): readonly T[] | null {
  const [list, setList] = useState<readonly T[] | null>(null);
  const [source] = useState(make);
  useEffect(() => {
    const subscription = source.subscribe(setList);
    return () => subscription.unsubscribe();
  }, [source]);
  return list;
}

/** Everything about syncing that a person may want to see, or must decide. */
export default function SyncPage() {
  const { attention } = useDesk();
  const { t } = useWords();
  const runs = useList(() => attention.runs$(100));
  const conflicts = useList(() => attention.conflicts$());
  const rejected = useList(() => attention.rejected$());
  return (
    <Stack spacing={3} sx={{ maxWidth: 1200 }}>
      <Typography variant="h5" component="h1">
        {t('syncPage.title')}
      </Typography>
      <ConflictList conflicts={conflicts} />
      <RejectedList rejected={rejected} />
      <Comparison />
      <RunList runs={runs} />
    </Stack>
  );
}
