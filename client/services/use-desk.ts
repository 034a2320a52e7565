import { createContext, useCallback, useContext, useRef, useSyncExternalStore } from 'react';
import type { BehaviorSubject } from 'rxjs';
import { AppError } from '../../shared/errors/app-error';
import type { Desk } from './desk';

export const DeskContext = createContext<Desk | null>(null);

/** The desk of this tab. Throws INTERNAL outside of its provider. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new AppError('INTERNAL', { reason: 'useDesk outside of DeskContext' });
  return desk;
}

/** One part of a subject's value; renders again only when that part changes (by `Object.is`). */
export function useSelected<T, R>(subject: BehaviorSubject<T>, select: (value: T) => R): R {
  const selectRef = useRef(select);
  selectRef.current = select;
  const subscribe = useCallback(
    (notify: () => void) => {
      const subscription = subject.subscribe(notify);
      return () => subscription.unsubscribe();
    },
    [subject],
  );
  return useSyncExternalStore(subscribe, () => selectRef.current(subject.getValue()));
}

const whole = <T>(value: T): T => value;

/** The current value of a subject; renders again when it changes. */
export const useSubject = <T>(subject: BehaviorSubject<T>): T => useSelected(subject, whole);
