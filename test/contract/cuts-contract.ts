import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ArchivePlace } from '../../server/store/archive-port';
import type { Store, StoredDocument } from '../../server/store/port';
import { formatConsecutive } from '../../shared/fiscal/consecutive';
import { addVersion, contentsOf, EMPTY_TALLY } from '../../shared/proof/tally';
import type { Contents, Cut } from '../../shared/protocol/messages';
import type { StoreUnderTest } from './store-contract';
import { contractProfile } from './store-contract';

const AT = '2026-11-28T00:00:00.000Z';
const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString();

interface Issued {
  id: string;
  issuedAt: string;
  ver: number;
}

/** A terminal that goes by the pages alone: what it holds must be what they say that the server holds. */
class Puller {
  readonly held = new Map<string, Issued>();
  #seq = 0;
  #cut: Cut | null = null;

  constructor(
    private readonly store: () => Store,
    private readonly storeId: string,
  ) {}

  /** One page; what the server says it holds, where this was the last one. */
  async pull(limit: number): Promise<Contents | null> {
    const { documents } = this.store().scope(this.storeId);
    const page = await documents.changes('invoices', this.#seq, limit);
    if (page.cut !== null && page.cut.before !== this.#cut?.before) {
      this.#cut = page.cut;
      const { before, kept } = page.cut;
      for (const { id, issuedAt } of this.held.values()) {
        if (issuedAt < before && !kept.includes(id)) this.held.delete(id);
      }
    }
    const json = typeof page.json === 'string' ? page.json : Buffer.from(page.json).toString();
    for (const one of JSON.parse(`[${json}]`) as Issued[]) this.held.set(one.id, one);
    this.#seq = page.seq;
    return page.seq === page.lastSeq ? page.contents : null;
  }

  async pullAll(limit: number): Promise<Contents> {
    for (;;) {
      const { seq, remaining } = await this.#look(limit);
      const contents = await this.pull(limit);
      const left = (await this.#look(100_000)).count;
      expect([seq, left]).toEqual([this.#seq, remaining]);
      /* The page that reaches the end says what is there, although what was written last may be archived. */
      expect(contents === null).toBe(left > 0);
      if (contents !== null) return contents;
    }
  }

  async #look(limit: number): Promise<{ seq: number; remaining: number; count: number }> {
    const { documents } = this.store().scope(this.storeId);
    const page = await documents.page('invoices', this.#seq, limit);
    const { seq, remaining } = await documents.changes('invoices', this.#seq, limit);
    expect(remaining).toBe(page.remaining);
    return { seq, remaining, count: page.documents.length };
  }

  get contents(): Contents {
    let tally = EMPTY_TALLY;
    for (const { id, ver } of this.held.values()) tally = addVersion(tally, id, ver);
    return contentsOf(tally);
  }
}

/** What every store promises about archived invoices (see server/store/archive-port). */
export function cutsContract(name: string, setUp: () => Promise<StoreUnderTest>): void {
  describe(`cuts: ${name}`, () => {
    let under: StoreUnderTest;
    let store: Store;

    beforeAll(async () => {
      under = await setUp();
      store = await under.open();
    });
    afterAll(async () => {
      await store.close();
      await under.remove();
    });

    /** A store with two terminals, that issue, are flagged and cut. */
    const makeStore = async () => {
      const storeId = randomUUID();
      const profile = { id: storeId, ...contractProfile };
      await store.addStore({ id: storeId, epoch: randomUUID(), profile, demo: false });
      const terminals = [randomUUID(), randomUUID()];
      for (const [index, id] of terminals.entries()) {
        await store.scope(storeId).auth.addTerminal({
          storeId,
          id,
          number: index + 1,
          name: `${index}`,
          enrolledAt: AT,
          lastSeenAt: AT,
          revokedAt: '',
          publicKey: '',
          nonce: '',
          copiedAt: '',
          signedFrom: 0,
          credentialHash: randomUUID(),
        });
      }
      const numbers = new Map<string, number>();
      const written: Issued[] = [];
      const put = (one: Issued): StoredDocument => {
        const edit = randomUUID();
        return { id: one.id, ver: one.ver, edit, json: JSON.stringify({ ...one, edit }) };
      };
      const scope = store.scope(storeId);
      return {
        storeId,
        scope,
        written,
        async issue(
          terminal: number,
          issuedAt: string,
          type: '01' | '03' | '04' = '04',
          more: { reference?: { invoiceId: string } } = {},
        ) {
          const take = (key: string): number => {
            numbers.set(key, (numbers.get(key) ?? 0) + 1);
            return numbers.get(key) ?? 0;
          };
          const consecutive = formatConsecutive({
            branch: '001',
            terminalNumber: terminal + 1,
            type,
            number: take(`${terminal} ${type}`),
          });
          const terminalId = terminals[terminal] ?? '';
          const facts = { terminalId, serial: take(`${terminal}`), consecutive, type };
          const one = { id: randomUUID(), ver: 1, issuedAt, ...facts, ...more };
          await store.transaction(storeId, async (own) => {
            await own.documents.write('invoices', [put(one)]);
            await own.ledger.addConsecutive(consecutive, one.id);
          });
          written.push(one);
          return one;
        },
        async flag(one: Issued) {
          one.ver += 1;
          await store.transaction(storeId, (own) => own.documents.write('invoices', [put(one)]));
        },
        cut: (to: string, most = 1000) =>
          store.transaction(storeId, async (own) => {
            const planned = await own.archive.planCut(to, most);
            if (planned !== null) await own.archive.makeCut(planned, AT);
            return planned;
          }),
        recount: () => store.transaction(storeId, (own) => own.documents.recount('invoices')),
        status: async () => (await scope.documents.status()).invoices,
      };
    };

    test('P130 what a cut names is in no page, no list of versions and no count; by its id it is still there', async () => {
      const made = await makeStore();
      const old = [await made.issue(0, day(1)), await made.issue(0, day(2))];
      const young = [await made.issue(0, day(50)), await made.issue(1, day(51))];
      const planned = await made.cut(day(40));
      expect(planned).toMatchObject({ isLast: true, cut: { before: day(40), seq: 4, kept: [] } });
      expect(await made.scope.archive.cut()).toEqual(planned?.cut);
      const { documents } = made.scope;
      const ids = (rows: readonly { json: string }[]) =>
        rows.map(({ json }) => (JSON.parse(json) as Issued).id);
      const page = await documents.page('invoices', 0, 10);
      expect(ids(page.documents)).toEqual(young.map(({ id }) => id));
      const versions = await documents.versions('invoices', { prefix: '', after: '', limit: 10 });
      expect(versions.map(({ id }) => id).sort()).toEqual(young.map(({ id }) => id).sort());
      expect(await made.status()).toMatchObject({ count: 2, seq: 4 });
      const all = [...old, ...young].map(({ id }) => id);
      expect(ids(await documents.pick('invoices', all))).toHaveLength(4);
      expect((await documents.find('invoices', all)).size).toBe(4);
      expect(ids((await documents.page('invoices', 0, 10, 'all')).documents)).toEqual(all);
    });

    test('P130 where what was written last is archived, the page that reaches the end says what is there', async () => {
      const made = await makeStore();
      const old = await made.issue(0, day(1));
      await made.issue(0, day(30));
      await made.flag(old);
      await made.cut(day(10));
      const { documents } = made.scope;
      for (const [seq, limit] of [
        [0, 5],
        [0, 1],
        [2, 5],
        [3, 5],
      ] as const) {
        const page = await documents.changes('invoices', seq, limit);
        expect([page.seq, page.lastSeq, page.remaining]).toEqual([3, 3, 0]);
      }
      const puller = new Puller(() => store, made.storeId);
      expect(await puller.pullAll(1)).toEqual(puller.contents);
    });

    test('P131 a cut keeps the newest of each series of each terminal, until there is a newer one', async () => {
      const made = await makeStore();
      const [, ticket] = [await made.issue(0, day(1)), await made.issue(0, day(2))];
      const [bill] = [await made.issue(0, day(3), '01'), await made.issue(1, day(20))];
      const first = await made.cut(day(10));
      expect(first?.cut.kept).toEqual([ticket.id, bill.id].sort());
      expect(first?.archived).toHaveLength(1);
      await made.issue(0, day(30));
      const second = await made.cut(day(25));
      expect(second?.archived.map(({ id }) => id)).toEqual([ticket.id]);
      expect(second?.cut.kept).toContain(bill.id);
    });

    test('P131 the highest serial of a terminal stays, whatever its number is', async () => {
      const made = await makeStore();
      const last = await made.issue(0, day(1));
      const doubled = { ...last, id: randomUUID(), serial: 99, consecutive: `${'0'.repeat(20)}` };
      await store.transaction(made.storeId, (own) =>
        own.documents.write('invoices', [
          { id: doubled.id, ver: 1, edit: 'e', json: JSON.stringify(doubled) },
        ]),
      );
      const planned = await made.cut(day(10));
      expect(planned).toBeNull();
      await made.issue(1, day(2));
      await made.issue(1, day(3));
      expect((await made.cut(day(10)))?.cut.kept).toContain(doubled.id);
    });

    test('P132 a cut never goes back, and takes no more at a time than it is told to', async () => {
      const made = await makeStore();
      for (let n = 1; n <= 10; n++) await made.issue(0, day(n));
      const first = await made.cut(day(8), 3);
      expect([first?.cut.before, first?.archived.length, first?.isLast]).toEqual([
        day(4),
        3,
        false,
      ]);
      const rest = [await made.cut(day(8), 3), await made.cut(day(8), 3)];
      expect(rest.map((one) => one?.cut.before)).toEqual([day(7), day(8)]);
      expect(await made.cut(day(8))).toBeNull();
      expect(await made.cut(day(5))).toBeNull();
      expect((await made.status())?.count).toBe(3);
    });

    test('P132 invoices of one instant are not parted', async () => {
      const made = await makeStore();
      for (let n = 0; n < 5; n++) await made.issue(0, day(1));
      for (let n = 0; n < 2; n++) await made.issue(0, day(2));
      expect((await made.cut(day(9), 2))?.archived).toHaveLength(5);
      expect((await made.cut(day(9), 2))?.archived).toHaveLength(1);
    });

    test('P133 an old invoice that comes after the cut is pulled, until the next one', async () => {
      const made = await makeStore();
      const puller = new Puller(() => store, made.storeId);
      for (let n = 1; n <= 4; n++) await made.issue(0, day(n));
      await made.cut(day(10));
      await puller.pullAll(2);
      const late = await made.issue(0, day(3));
      await puller.pullAll(2);
      expect(puller.held.has(late.id)).toBe(true);
      await made.issue(0, day(20));
      await made.cut(day(11));
      expect(await puller.pullAll(2)).toEqual(puller.contents);
      expect(puller.held.size).toBe(1);
    });

    test('P131 what is written although a cut is past it is named by the cut, until the next one', async () => {
      const made = await makeStore();
      const old = await made.issue(0, day(1));
      await made.issue(0, day(50));
      await made.cut(day(10));
      const keptNow = async () => (await made.scope.archive.cut())?.kept;
      expect(await keptNow()).toEqual([]);
      const late = await made.issue(1, day(2));
      await made.issue(1, day(40));
      await made.flag(old);
      await made.flag(late);
      expect(await keptNow()).toEqual([old.id, late.id].sort());
      expect((await made.cut(day(20)))?.archived.map(({ id }) => id).sort()).toEqual(
        [old.id, late.id].sort(),
      );
      expect(await keptNow()).toEqual([]);
    });

    test('P134 an archived invoice that is written again comes back to everybody', async () => {
      const made = await makeStore();
      const puller = new Puller(() => store, made.storeId);
      const old = await made.issue(0, day(1));
      await made.issue(0, day(2));
      await made.cut(day(10));
      await puller.pullAll(5);
      expect(puller.held.has(old.id)).toBe(false);
      await made.flag(old);
      expect(await puller.pullAll(5)).toEqual(puller.contents);
      expect(puller.held.get(old.id)?.ver).toBe(2);
      expect(await made.recount()).toEqual(await made.status());
    });

    test('P130 P133 whatever comes between pages and cuts, a puller ends with what the server counts, and so does a recount', async () => {
      const step = fc.oneof(
        fc.record({ do: fc.constant('issue' as const), n: fc.nat(11), at: fc.nat(60) }),
        fc.record({ do: fc.constant('flag' as const), n: fc.nat(12) }),
        fc.record({
          do: fc.constant('cut' as const),
          to: fc.nat(60),
          most: fc.integer({ min: 1, max: 6 }),
        }),
        fc.record({
          do: fc.constant('pull' as const),
          n: fc.nat(1),
          limit: fc.integer({ min: 1, max: 4 }),
        }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          const made = await makeStore();
          const pullers = [0, 1].map(() => new Puller(() => store, made.storeId));
          for (const one of steps) {
            if (one.do === 'issue') {
              await made.issue(one.n % 2, day(one.at), one.n % 3 === 0 ? '01' : '04');
            } else if (one.do === 'flag') {
              const invoice = made.written[one.n];
              if (invoice !== undefined) await made.flag(invoice);
            } else if (one.do === 'cut') await made.cut(day(one.to), one.most);
            else await pullers[one.n]?.pull(one.limit);
          }
          for (const puller of pullers) {
            const contents = await puller.pullAll(3);
            expect(puller.contents).toEqual(contents);
          }
          const { seq, ...counted } = await made.recount();
          expect(pullers[0]?.contents).toEqual(counted);
          expect((await made.status()) ?? { seq: 0, ...counted }).toEqual({ seq, ...counted });
        }),
        { numRuns: 40 },
      );
    });

    test('P135 the archive lists all, newest first, page by page, by time and by number', async () => {
      const made = await makeStore();
      for (let n = 1; n <= 5; n++) await made.issue(n % 2, day(n));
      for (let n = 0; n < 3; n++) await made.issue(0, day(6));
      await made.cut(day(5));
      const newest = [...made.written].sort((a, b) =>
        `${a.issuedAt}${a.id}` < `${b.issuedAt}${b.id}` ? 1 : -1,
      );
      const seen: string[] = [];
      for (let before: ArchivePlace | null = null; ; ) {
        const page = await made.scope.archive.invoices({ filter: {}, before, limit: 3 });
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (last === undefined) break;
        before = { issued: last.issued, id: last.id };
      }
      expect(seen).toEqual(newest.map(({ id }) => id));
      const read = (filter: object) =>
        made.scope.archive
          .invoices({ filter, before: null, limit: 10 })
          .then((rows) => rows.map(({ id }) => id));
      expect(await read({ from: day(2), to: day(4) })).toEqual(
        newest
          .filter(({ issuedAt }) => issuedAt >= day(2) && issuedAt < day(4))
          .map(({ id }) => id),
      );
      const [first] = made.written as (Issued & { consecutive: string })[];
      expect(await read({ number: first?.consecutive })).toEqual([first?.id]);
      expect((await read({ number: '1' })).length).toBe(2);
      expect(await read({ number: '77' })).toEqual([]);
      const other = await makeStore();
      expect(await other.scope.archive.invoices({ filter: {}, before: null, limit: 9 })).toEqual(
        [],
      );
    });

    test('P135 the archive lists the notes about an invoice, archived or not', async () => {
      const made = await makeStore();
      const about = await made.issue(0, day(1));
      const other = await made.issue(0, day(1));
      const noteOn = (day: string, { id: invoiceId }: Issued) =>
        made.issue(1, day, '03', { reference: { invoiceId } });
      const [first, second] = [await noteOn(day(2), about), await noteOn(day(30), about)];
      await noteOn(day(3), other);
      await made.cut(day(10));
      const read = async (filter: object, limit = 10, { scope } = made) =>
        (await scope.archive.invoices({ filter, before: null, limit })).map(({ id }) => id);
      const notesOf = about.id;
      expect(await read({ notesOf })).toEqual([second.id, first.id]);
      expect(await read({ notesOf }, 1)).toEqual([second.id]);
      expect(await read({ notesOf, to: day(20) })).toEqual([first.id]);
      const number = formatConsecutive({ branch: '001', terminalNumber: 2, type: '03', number: 1 });
      expect(await read({ notesOf, number })).toEqual([first.id]);
      expect(await read({ notesOf: first.id })).toEqual([]);
      expect(await read({ notesOf }, 10, await makeStore())).toEqual([]);
    });
  });
}
