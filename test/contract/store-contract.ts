import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { CollectionName } from '../../schemas/registry';
import { storeError } from '../../server/store/busy-error';
import type { Store, StoredDocument, StoreScope } from '../../server/store/port';
import { addToDigest, digestText, documentHash, EMPTY_DIGEST } from '../../shared/digest';
import { contentsOf, EMPTY_TALLY } from '../../shared/proof/tally';

/** A database under the contract. `open` opens the same data again after `store.close()`. */
export interface StoreUnderTest {
  open(): Promise<Store>;
  /** Makes the database refuse to grow, or lets it grow again; undefined where it cannot be made to. */
  setFull?: ((full: boolean) => Promise<void>) | undefined;
  remove(): Promise<void>;
}

export const contractProfile = {
  name: 'Tienda',
  legalName: '',
  issuerId: '3101123456',
  address: '',
  phone: '',
  email: '',
  branch: '001',
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
};

const document = (id: string = randomUUID(), ver = 1, filler = ''): StoredDocument => {
  const edit = randomUUID();
  return { id, ver, edit, json: JSON.stringify({ id, ver, edit, filler }) };
};

/** What every store promises (see server/store/port); each database runs the same suite. */
export function storeContract(name: string, setUp: () => Promise<StoreUnderTest>): void {
  describe(`store contract: ${name}`, () => {
    let under: StoreUnderTest;
    let store: Store;
    let a: string;
    let b: string;

    const addStore = async (): Promise<string> => {
      const id = randomUUID();
      await store.addStore({
        id,
        epoch: randomUUID(),
        profile: { id, ...contractProfile },
        demo: false,
      });
      return id;
    };
    const write = (
      storeId: string,
      collection: CollectionName,
      documents: readonly StoredDocument[],
    ): Promise<void> =>
      store.transaction(storeId, (scope) => scope.documents.write(collection, documents));
    const statusOf = async (storeId: string, collection: CollectionName) =>
      (await store.scope(storeId).documents.status())[collection];

    beforeEach(async () => {
      under = await setUp();
      store = await under.open();
      a = await addStore();
      b = await addStore();
    });
    afterEach(async () => {
      await store.close();
      await under.remove();
    });

    test('documents are found as they were written, in one store and collection only', async () => {
      const one = document();
      await write(a, 'clients', [one]);
      expect((await store.scope(a).documents.find('clients', [one.id])).get(one.id)).toEqual(one);
      expect((await store.scope(a).documents.find('products', [one.id])).size).toBe(0);
      expect((await store.scope(b).documents.find('clients', [one.id])).size).toBe(0);
    });

    test('more documents than one statement takes are written, found and paged', async () => {
      const many = Array.from({ length: 1203 }, () => document());
      await write(a, 'products', many);
      const { documents } = store.scope(a);
      const found = await documents.find(
        'products',
        many.map(({ id }) => id),
      );
      expect(found.size).toBe(1203);
      const first = await documents.page('products', 0, 1000);
      expect([first.documents.length, first.remaining, first.lastSeq]).toEqual([1000, 203, 1203]);
      const second = await documents.page('products', first.documents.at(-1)?.seq ?? 0, 1000);
      expect([second.documents.length, second.remaining]).toEqual([203, 0]);
      const order = [...first.documents, ...second.documents].map(({ json }) => json);
      expect(order).toEqual(many.map(({ json }) => json));
    });

    test('changes are the page as it is sent, with what is left counted to the document, however often one was edited', async () => {
      const many = Array.from({ length: 30 }, (_, index) => document(undefined, 1, `ñ€ ${index}`));
      await write(a, 'products', many);
      await write(b, 'products', [document()]);
      const { documents } = store.scope(a);
      const agree = async (): Promise<void> => {
        for (const [seq, limit] of [
          [0, 10],
          [0, 100],
          [5, 10],
          [29, 1],
          [30, 7],
          [99, 7],
        ] as const) {
          const changes = await documents.changes('products', seq, limit);
          const page = await documents.page('products', seq, limit);
          const text =
            typeof changes.json === 'string' ? changes.json : Buffer.from(changes.json).toString();
          expect(text).toBe(page.documents.map(({ json }) => json).join(','));
          expect([changes.seq, changes.remaining, changes.lastSeq]).toEqual([
            page.documents.at(-1)?.seq ?? seq,
            page.remaining,
            page.lastSeq,
          ]);
        }
      };
      await agree();
      /* Numbers that were given out twice leave gaps: then what is left follows from no counter. */
      const again = many.filter((_, index) => index % 3 === 0).map(({ id }) => document(id, 2));
      await write(a, 'products', again);
      await agree();
      expect(await documents.changes('clients', 0, 5)).toMatchObject({ seq: 0, lastSeq: 0 });
      expect((await documents.changes('clients', 3, 5)).json).toHaveLength(0);
    });

    test('an edited document moves to the end; count and digest follow', async () => {
      const [one, two] = [document(), document()];
      await write(a, 'clients', [one, two]);
      const edited = document(one.id, 2);
      await write(a, 'clients', [edited]);
      const page = await store.scope(a).documents.page('clients', 0, 10);
      expect(page.documents.map(({ seq, json }) => [seq, json])).toEqual([
        [2, two.json],
        [3, edited.json],
      ]);
      const digest = digestText(
        addToDigest(addToDigest(EMPTY_DIGEST, documentHash(one.id, 2)), documentHash(two.id, 1)),
      );
      expect(await statusOf(a, 'clients')).toEqual({ seq: 3, count: 2, digest });
    });

    test('a document written twice in one call counts once, in its last state', async () => {
      const one = document();
      const flagged = document(one.id, 2);
      await write(a, 'invoices', [one, flagged]);
      const page = await store.scope(a).documents.page('invoices', 0, 10);
      expect(page.documents.map(({ json }) => json)).toEqual([flagged.json]);
      expect(await statusOf(a, 'invoices')).toEqual({
        seq: 2,
        count: 1,
        digest: digestText(documentHash(one.id, 2)),
      });
    });

    test('a page that reaches the end comes with what the collection holds there', async () => {
      const nothing = await store.scope(a).documents.page('clients', 0, 10);
      expect([nothing.lastSeq, nothing.contents]).toEqual([0, contentsOf(EMPTY_TALLY)]);
      await write(a, 'clients', [document(), document(), document()]);
      const part = await store.scope(a).documents.page('clients', 0, 2);
      expect(part.documents.at(-1)?.seq).toBeLessThan(part.lastSeq);
      const rest = await store.scope(a).documents.page('clients', 2, 2);
      expect(rest.documents.at(-1)?.seq).toBe(rest.lastSeq);
      const { seq, ...contents } = (await statusOf(a, 'clients')) ?? { seq: 0 };
      expect([rest.lastSeq, rest.contents]).toEqual([seq, contents]);
    });

    test('documents are picked by id with their place; what is not there is left out', async () => {
      const [one, two] = [document(), document()];
      await write(a, 'clients', [one, two]);
      await write(b, 'clients', [document(one.id)]);
      const picked = await store.scope(a).documents.pick('clients', [two.id, randomUUID()]);
      expect(picked).toEqual([{ seq: 2, json: two.json }]);
      expect(await store.scope(a).documents.pick('clients', [])).toEqual([]);
      expect(await store.scope(a).documents.pick('products', [two.id])).toEqual([]);
    });

    test('versions are listed by prefix in the byte order of ids, page after page', async () => {
      const ids = ['ab00', 'ab-0', 'ab0f', 'aa-f', 'abff', 'ac00', 'a', 'b'].map(
        (start) => start + randomUUID().slice(start.length),
      );
      await write(
        a,
        'clients',
        ids.map((id) => document(id, 3)),
      );
      await write(b, 'clients', [document()]);
      const { documents } = store.scope(a);
      const all = await documents.versions('clients', { prefix: '', after: '', limit: 10 });
      expect(all.map(({ id }) => id)).toEqual([...ids].sort((x, y) => (x < y ? -1 : 1)));
      expect(all.find(({ id }) => id === ids[0])).toEqual({ id: ids[0], ver: 3, seq: 1 });
      const start = { prefix: 'ab', after: '', limit: 3 };
      const first = await documents.versions('clients', start);
      const after = first.at(-1)?.id ?? '';
      const second = await documents.versions('clients', { ...start, after });
      expect([...first, ...second].map(({ id }) => id)).toEqual(
        ids.filter((id) => id.startsWith('ab')).sort((x, y) => (x < y ? -1 : 1)),
      );
    });

    test('a recount from the documents gives what was kept, whatever was written', async () => {
      const ids = Array.from({ length: 6 }, () => randomUUID());
      const batches = fc.array(
        fc.array(fc.record({ id: fc.constantFrom(...ids), ver: fc.integer({ min: 1, max: 9 }) }), {
          minLength: 1,
          maxLength: 5,
        }),
        { maxLength: 12 },
      );
      await fc.assert(
        fc.asyncProperty(batches, async (written) => {
          const storeId = await addStore();
          for (const batch of written) {
            await write(
              storeId,
              'products',
              batch.map(({ id, ver }) => document(id, ver)),
            );
          }
          const recounted = await store.transaction(storeId, (scope) =>
            scope.documents.recount('products'),
          );
          const kept = await statusOf(storeId, 'products');
          expect(recounted).toEqual(kept ?? { seq: 0, ...contentsOf(EMPTY_TALLY) });
        }),
        { numRuns: 40 },
      );
    });

    test('sequences are of one store and collection each', async () => {
      await write(a, 'clients', [document(), document()]);
      await write(a, 'products', [document()]);
      await write(b, 'clients', [document()]);
      expect((await statusOf(a, 'clients'))?.seq).toBe(2);
      expect((await statusOf(a, 'products'))?.seq).toBe(1);
      expect((await statusOf(b, 'clients'))?.seq).toBe(1);
      expect(await statusOf(b, 'products')).toBeUndefined();
    });

    test('what throws leaves nothing behind, and its error arrives unchanged', async () => {
      const error = { code: 'MINE' };
      const work = store.transaction(a, async (scope) => {
        await scope.documents.write('clients', [document()]);
        await scope.ledger.setSerials('t', [1, 1]);
        throw error;
      });
      await expect(work).rejects.toBe(error);
      expect(await statusOf(a, 'clients')).toBeUndefined();
      expect(await store.scope(a).ledger.serials('t')).toEqual([]);
    });

    test('F1 P14 writers at the same time: every document is pulled, by whoever reads meanwhile', async () => {
      const seen = new Map<string, number>();
      let seq = 0;
      let done = false;
      const reader = (async () => {
        for (;;) {
          const last = done;
          const page = await store.scope(a).documents.page('clients', seq, 7);
          for (const { seq: at, json } of page.documents) seen.set(json, at);
          seq = page.documents.at(-1)?.seq ?? seq;
          if (last && page.documents.length === 0) return;
        }
      })();
      const batches = Array.from({ length: 8 }, () => Array.from({ length: 20 }, () => document()));
      await Promise.all(
        batches.map(async (batch) => {
          for (const one of batch) await write(a, 'clients', [one]);
        }),
      );
      done = true;
      await reader;
      expect(seen.size).toBe(160);
      expect(new Set(seen.values()).size).toBe(160);
    });

    test('edits are remembered for what terminals edit, with what each made', async () => {
      const one = document();
      const two = document(one.id, 2);
      await write(a, 'clients', [one]);
      await write(a, 'clients', [two]);
      const edits = await store.scope(a).documents.findEdits('clients', [one.edit, two.edit, 'x']);
      expect([...edits]).toEqual(
        expect.arrayContaining([
          [one.edit, { id: one.id, ver: 1 }],
          [two.edit, { id: one.id, ver: 2 }],
        ]),
      );
      expect(edits.size).toBe(2);
      expect((await store.scope(b).documents.findEdits('clients', [one.edit])).size).toBe(0);
    });

    test('the ledger adds up exactly, by store and product', async () => {
      const { ledger } = store.scope(a);
      const move = (productId: string, source: string, quantity: number, sourceId = 's') =>
        ledger.addMoves([{ sourceId, source, productId, quantity }]);
      await move('p', 'opening', 9_007_199_254_740_000);
      await move('p', 'movements', -1);
      await move('p', 'invoices', -2);
      await move('q', 'invoices', 5);
      expect(await ledger.sumOfMoves('p')).toBe(9_007_199_254_739_997);
      expect(await ledger.sumOfMoves('q')).toBe(5);
      expect(await ledger.sumOfMoves('none')).toBe(0);
      expect(await store.scope(b).ledger.sumOfMoves('p')).toBe(0);
      await expect(move('p', 'invoices', -2)).rejects.toBeDefined();
    });

    test('serials and consecutives', async () => {
      const { ledger } = store.scope(a);
      await ledger.setSerials('t', [1, 4]);
      await ledger.setSerials('t', [1, 4, 6, 6]);
      expect(await ledger.serials('t')).toEqual([1, 4, 6, 6]);
      expect(await ledger.addConsecutive('c', 'one')).toEqual([]);
      expect(await ledger.addConsecutive('c', 'one')).toEqual([]);
      expect(await ledger.addConsecutive('c', 'two')).toEqual(['one']);
      expect(await store.scope(b).ledger.addConsecutive('c', 'three')).toEqual([]);
    });

    const enrol = async ({ auth, storeId }: StoreScope, credentialHash: string) => {
      const terminal = {
        storeId,
        id: randomUUID(),
        number: await auth.nextTerminalNumber(),
        name: 'caja',
        enrolledAt: '2026-01-01T00:00:00.000Z',
        lastSeenAt: '',
        revokedAt: '',
        publicKey: '',
        nonce: '',
        copiedAt: '',
        signedFrom: 0,
      };
      await auth.addTerminal({ ...terminal, credentialHash });
      return terminal;
    };

    test('F25 terminals have numbers of their own store, never given twice, not even after a revocation', async () => {
      const scope = store.scope(a);
      const first = await enrol(scope, 'h1');
      expect(await scope.auth.revokeTerminal(first.id, '2026-01-02T00:00:00.000Z')).toBe(true);
      expect(await scope.auth.revokeTerminal(first.id, '2026-01-03T00:00:00.000Z')).toBe(false);
      const second = await enrol(scope, 'h2');
      const elsewhere = await enrol(store.scope(b), 'h3');
      expect([first.number, second.number, elsewhere.number]).toEqual([1, 2, 1]);
      expect(await store.terminalByCredential('h2')).toEqual(second);
      expect(await store.terminalByCredential('h1')).toMatchObject({
        revokedAt: '2026-01-02T00:00:00.000Z',
      });
      expect(await store.terminalByCredential('none')).toBeNull();
      expect(await store.scope(b).auth.revokeTerminal(second.id, 'x')).toBe(false);
    });

    test('a code is used once, in its own store, before it expires', async () => {
      const { auth } = store.scope(a);
      await auth.addCode('h', '2026-01-02T00:00:00.000Z');
      const before = '2026-01-01T00:00:00.000Z';
      expect(await store.storeOfCode('h', before)).toBe(a);
      expect(await store.storeOfCode('h', '2026-01-02T00:00:00.000Z')).toBeNull();
      expect(await store.scope(b).auth.redeemCode('h', before)).toBe(false);
      expect(await auth.redeemCode('h', '2026-01-03T00:00:00.000Z')).toBe(false);
      const both = await Promise.all([auth.redeemCode('h', before), auth.redeemCode('h', before)]);
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await auth.terminalOfCode('h', before)).toBeNull();
    });

    test('F25 a used code names the terminal that it became, until it expires', async () => {
      const scope = store.scope(a);
      const terminal = await enrol(scope, 'h1');
      const before = '2026-01-01T00:00:00.000Z';
      await scope.auth.addCode('h', '2026-01-02T00:00:00.000Z');
      expect(await scope.auth.terminalOfCode('h', before)).toBeNull();
      await scope.auth.redeemCode('h', before, terminal.id);
      expect(await store.storeOfCode('h', before)).toBe(a);
      expect(await scope.auth.terminalOfCode('h', before)).toEqual(terminal);
      expect(await store.scope(b).auth.terminalOfCode('h', before)).toBeNull();
      expect(await scope.auth.terminalOfCode('h', '2026-01-02T00:00:00.000Z')).toBeNull();
    });

    test('F13 what is known of a terminal changes by itself, and only in its store', async () => {
      const { auth } = store.scope(a);
      const other = store.scope(b).auth;
      const terminal = await enrol(store.scope(a), 'h1');
      expect(await auth.renameTerminal(terminal.id, 'barra')).toBe(true);
      expect(await other.renameTerminal(terminal.id, 'nadie')).toBe(false);
      await auth.setPublicKey(terminal.id, 'key');
      await auth.setNonce(terminal.id, 'n');
      await auth.noteCopy(terminal.id, 'x');
      await auth.noteSigned(terminal.id, 7);
      await auth.noteSigned(terminal.id, 9);
      await auth.noteSigned(terminal.id, 5);
      await other.setPublicKey(terminal.id, 'foreign');
      await other.noteSigned(terminal.id, 1);
      await auth.setCredential(terminal.id, 'h2');
      await other.setCredential(terminal.id, 'h3');
      const changed = { publicKey: 'key', nonce: 'n', copiedAt: 'x', signedFrom: 5, name: 'barra' };
      expect(await store.terminalById(terminal.id)).toEqual({ ...terminal, ...changed });
      expect(await store.terminalByCredential('h1')).toBeNull();
      expect((await store.terminalByCredential('h2'))?.id).toBe(terminal.id);
      await store.setEpoch(a, 'e2');
      expect((await store.terminalById(terminal.id))?.nonce).toBe('');
      expect(await store.terminalById('none')).toBeNull();
    });

    test('a challenge is good once, for its terminal, before it expires', async () => {
      const { auth } = store.scope(a);
      const expiresAt = '2026-01-02T00:00:00.000Z';
      const before = '2026-01-01T00:00:00.000Z';
      for (const hash of ['one', 'two', 'three']) {
        await auth.addChallenge({ hash, terminalId: 't', expiresAt });
      }
      expect(await auth.redeemChallenge('one', 'other', before)).toBe(false);
      expect(await store.scope(b).auth.redeemChallenge('one', 't', before)).toBe(false);
      expect(await auth.redeemChallenge('one', 't', before)).toBe(true);
      expect(await auth.redeemChallenge('one', 't', before)).toBe(false);
      expect(await auth.redeemChallenge('two', 't', expiresAt)).toBe(false);
      await auth.removeExpiredChallenges(expiresAt);
      expect(await auth.redeemChallenge('three', 't', before)).toBe(false);
    });

    test('sessions, logins and passwords stay in their store', async () => {
      const { auth } = store.scope(a);
      const other = store.scope(b).auth;
      const session = { userId: 'u', terminalId: 't', expiresAt: '2026-01-02T00:00:00.000Z' };
      await auth.addSession({ ...session, tokenHash: 'h' });
      expect(await auth.session('h')).toEqual(session);
      expect(await other.session('h')).toBeNull();
      await other.removeSession('h');
      await auth.extendSession('h', '2026-01-03T00:00:00.000Z');
      await auth.removeExpiredSessions('2026-01-02T12:00:00.000Z');
      expect(await auth.session('h')).toMatchObject({ expiresAt: '2026-01-03T00:00:00.000Z' });
      await auth.removeSessionsOf('t');
      expect(await auth.session('h')).toBeNull();
      await auth.addLogin('t', 'u', 'x');
      await auth.addLogin('t', 'u', 'y');
      expect([await auth.hasLoggedIn('t', 'u'), await other.hasLoggedIn('t', 'u')]).toEqual([
        true,
        false,
      ]);
      await auth.setPassword({ userId: 'u', userName: 'ana', passwordHash: '1' });
      await auth.setPassword({ userId: 'u', userName: 'ana', passwordHash: '2' });
      expect(await auth.password('ana')).toEqual({ userId: 'u', passwordHash: '2' });
      expect(await other.password('ana')).toBeNull();
    });

    test('attempts are counted one by one, in windows of time, for each store by itself', async () => {
      const limits = store.limits(a);
      const at = (now: number) => ({ now, windowMs: 100 });
      const hits = await Promise.all(Array.from({ length: 20 }, () => limits.hit('k', at(1000))));
      expect(hits.map((hit) => hit.hits).sort((x, y) => x - y)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      expect(await store.limits(b).hit('k', at(1000))).toEqual({ hits: 1, resetsAt: 1100 });
      await limits.undo('k');
      expect(await limits.hit('k', at(1099))).toEqual({ hits: 20, resetsAt: 1100 });
      expect(await limits.hit('k', at(1100))).toEqual({ hits: 1, resetsAt: 1200 });
      await limits.undo('k');
      await limits.undo('k');
      expect(await limits.hit('k', at(1150))).toEqual({ hits: 1, resetsAt: 1200 });
      await limits.forget('k');
      expect(await limits.hit('k', at(1160))).toEqual({ hits: 1, resetsAt: 1260 });
    });

    test('writers of one document at the same time build on one another, never on the same state', async () => {
      const one = document();
      await write(a, 'clients', [one]);
      const raise = () =>
        store.transaction(a, async ({ documents }) => {
          const before = (await documents.find('clients', [one.id])).get(one.id);
          await documents.write('clients', [document(one.id, (before?.ver ?? 0) + 1)]);
        });
      await Promise.all(Array.from({ length: 12 }, raise));
      expect((await store.scope(a).documents.find('clients', [one.id])).get(one.id)?.ver).toBe(13);
    });

    test('a store is added once, with what belongs to it, whoever else adds it at the same time', async () => {
      const id = randomUUID();
      const add = () =>
        store.addStore(
          { id, epoch: randomUUID(), profile: { id, ...contractProfile }, demo: false },
          (scope) => scope.documents.write('clients', [document()]),
        );
      const added = await Promise.all([add(), add(), add()]);
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await statusOf(id, 'clients')).toMatchObject({ count: 1, seq: 1 });
    });

    test('P103 F19 of the log only those entries are read that wait for a product that has come', async () => {
      const { journal } = store.scope(a);
      for (const id of ['one', 'two', 'three']) {
        await journal.audit({
          id,
          at: `2026-${id}`,
          actor: '',
          action: 'productUnknown',
          details: { id },
        });
      }
      await journal.awaitProducts(['p', 'q', 'p'], 'one');
      await journal.awaitProducts(['q'], 'two');
      await journal.awaitProducts(['r'], 'three');
      await journal.awaitProducts([], 'three');
      const ids = async (of: string[], from = journal) =>
        (await from.awaiting(of)).map(({ details }) => details['id']).sort();
      expect(await ids(['q', 'p'])).toEqual(['one', 'two']);
      expect(await ids(['r', 'nothing'])).toEqual(['three']);
      expect(await ids([])).toEqual([]);
      expect(await ids(['q'], store.scope(b).journal)).toEqual([]);
      const many = Array.from({ length: 1200 }, (_, n) => `x${n}`);
      await journal.awaitProducts(many.slice(0, 400), 'three');
      expect(await ids(many)).toEqual(['three']);
    });

    test('F22 what is kept aside is kept once, however often it is sent', async () => {
      const { journal } = store.scope(a);
      const entry = { id: 'i', at: 'x', terminalId: 't', collection: 'invoices', body: '{}' };
      await journal.quarantine(entry);
      await journal.quarantine({ ...entry, at: 'y' });
      expect(await journal.quarantined()).toBe(1);
      expect(await journal.keptAside()).toEqual([entry]);
      expect(await store.scope(b).journal.quarantined()).toBe(0);
      expect(await journal.hasKeptAside('i')).toBe(true);
      expect(await store.scope(b).journal.hasKeptAside('i')).toBe(false);
      expect(await store.scope(b).journal.removeKeptAside('i')).toBe(false);
      expect(await journal.removeKeptAside('i')).toBe(true);
      expect([await journal.hasKeptAside('i'), await journal.quarantined()]).toEqual([false, 0]);
    });

    test('a new epoch is of one store; everything else outlives a restart', async () => {
      const one = document();
      await write(a, 'clients', [one]);
      const epochOfB = (await store.store(b))?.epoch;
      await store.setEpoch(a, 'second life');
      const status = await statusOf(a, 'clients');
      await store.close();
      store = await under.open();
      expect(await store.store(a)).toMatchObject({ id: a, epoch: 'second life' });
      expect((await store.store(b))?.epoch).toBe(epochOfB);
      expect(await store.readiness()).toBe('ready');
      expect(await statusOf(a, 'clients')).toEqual(status);
      expect((await store.scope(a).documents.find('clients', [one.id])).get(one.id)).toEqual(one);
    });

    test('a new life keeps what it began with, of the collections that are merged, until the next one', async () => {
      const [kept, later, sold] = [document(), document(), document()];
      await write(a, 'clients', [kept]);
      await write(a, 'invoices', [sold]);
      await write(b, 'clients', [document(kept.id)]);
      const origins = (storeId: string, collection: CollectionName = 'clients') =>
        store.scope(storeId).documents.origins(collection, [kept.id, later.id, sold.id]);
      expect(await origins(a)).toEqual({ parent: '', documents: [] });
      const first = (await store.store(a))?.epoch;
      await store.setEpoch(a, 'second life');
      await write(a, 'clients', [document(kept.id, 2), later]);
      expect(await origins(a)).toEqual({ parent: first, documents: [kept.json] });
      expect(await origins(a, 'invoices')).toEqual({ parent: first, documents: [] });
      expect(await origins(b)).toEqual({ parent: '', documents: [] });
      await store.setEpoch(a, 'third life');
      expect(await origins(a)).toMatchObject({ parent: 'second life' });
      expect((await origins(a)).documents).toHaveLength(2);
      expect((await origins(a)).documents).toContain(later.json);
    });

    /* In one statement, and in many: SQLite undoes the statement in one case, the whole transaction in the other. */
    test.each([1, 200])(
      'F30 no room, %i documents a write: busy, nothing kept, and on when there is room',
      async (size) => {
        if (under.setFull === undefined) return;
        await write(a, 'clients', [document()]);
        const before = await statusOf(a, 'clients');
        const large = Array.from({ length: 200 }, () =>
          document(randomUUID(), 1, 'x'.repeat(9000)),
        );
        const writeAll = () =>
          store.transaction(a, async (scope) => {
            for (let i = 0; i < large.length; i += size) {
              await scope.documents.write('clients', large.slice(i, i + size));
            }
          });
        await under.setFull(true);
        const error: unknown = await writeAll().then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(storeError(error).code).toBe('STORE_BUSY');
        expect(await statusOf(a, 'clients')).toEqual(before);
        await under.setFull(false);
        await writeAll();
        expect((await statusOf(a, 'clients'))?.count).toBe(201);
      },
    );
  });
}
