import { registerSW } from 'virtual:pwa-register';
import { BehaviorSubject } from 'rxjs';

/** Set when a new version waits; calling it loads the new version. Nothing reloads by itself in the middle of a sale. */
export const update$ = new BehaviorSubject<(() => void) | null>(null);

export function offerUpdates(): void {
  if (!('serviceWorker' in navigator)) return;
  const update = registerSW({
    /* Where it fails the offer stays, and the program that runs goes on. */
    onNeedRefresh: () => update$.next(() => void update(true).catch(() => undefined)),
  });
}
