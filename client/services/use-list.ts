import { useEffect, useState } from 'react';
import type { Observable } from 'rxjs';

/** The latest value of a list that is observed; null until it was read ("cannot read" is not "none"). */
export function useList<T>(make: () => Observable<readonly T[]>): readonly T[] | null {
  const [list, setList] = useState<readonly T[] | null>(null);
  const [source] = useState(make);
  useEffect(() => {
    const subscription = source.subscribe(setList);
    return () => subscription.unsubscribe();
  }, [source]);
  return list;
}
