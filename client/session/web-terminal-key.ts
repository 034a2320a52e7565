import { toBase64Url } from '../../shared/base64-url';
import type { OpenTerminalKey, TerminalKey } from './terminal-key';

const STORE = 'keys';
const PLACE = 'terminal';
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The pair that is kept, or this one, which is then kept: of two tabs that begin at once, both take the first's. */
async function keep(
  database: IDBDatabase,
  fresh: CryptoKeyPair | null,
): Promise<CryptoKeyPair | null> {
  const mode = fresh === null ? 'readonly' : 'readwrite';
  const transaction = database.transaction(STORE, mode, { durability: 'strict' });
  const committed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  const store = transaction.objectStore(STORE);
  const kept = (await done(store.get(PLACE))) as CryptoKeyPair | undefined;
  if (kept === undefined && fresh !== null) store.put(fresh, PLACE);
  await committed;
  return kept ?? fresh;
}

async function openPair(name: string): Promise<CryptoKeyPair> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    const kept = await keep(database, null);
    if (kept !== null) return kept;
    const fresh = await crypto.subtle.generateKey(CURVE, false, ['sign']);
    return (await keep(database, fresh)) ?? fresh;
  } finally {
    database.close();
  }
}

async function openKey(name: string): Promise<TerminalKey> {
  const { publicKey, privateKey } = await openPair(name);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    sign: async (bytes) => {
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
      const signature = await crypto.subtle.sign(algorithm, privateKey, Uint8Array.from(bytes));
      return toBase64Url(new Uint8Array(signature));
    },
  };
}

/**
 * A key that the browser makes and keeps, in a small database of its own. Its private half cannot be read by any script,
 * ours included; whoever copies the files of the whole profile copies it too, which the rotating nonce then shows.
 */
export function webTerminalKey(name: string): OpenTerminalKey {
  let opened: Promise<TerminalKey> | null = null;
  return () => {
    if (globalThis.crypto?.subtle === undefined) return Promise.resolve(null);
    opened ??= openKey(name);
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };
}
