import type { Page } from 'playwright-core';

/** How much the browser lets an address store, in bytes. Holds from the first access after it on: set it before the page. */
export async function setQuota(page: Page, origin: string, quotaSize: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
}

/** Stores bytes beside the desk's own, in ever smaller pieces, until the browser takes no more. */
export async function fillQuota(page: Page): Promise<void> {
  const refused = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('ballast', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('bytes');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    let why = '';
    for (const size of [60_000, 6_000, 600, 60]) {
      for (let index = 0; index < 200; index++) {
        const bytes = crypto.getRandomValues(new Uint8Array(size));
        const error = await new Promise<unknown>((resolve) => {
          const write = db.transaction('bytes', 'readwrite');
          write.objectStore('bytes').put(bytes, `${size}-${index}`);
          write.oncomplete = () => resolve(null);
          write.onabort = () => resolve(write.error);
        });
        if (error === null) continue;
        why = String(error);
        break;
      }
    }
    db.close();
    return why;
  });
  if (!refused.includes('QuotaExceeded')) throw new Error(`the quota was not reached: ${refused}`);
}
