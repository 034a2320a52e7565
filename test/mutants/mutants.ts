/** One change of a source file: `search` must stand there exactly once. */
export interface Patch {
  readonly file: string;
  readonly search: string;
  readonly replace: string;
}

/** A known defect, put back on purpose. */
export interface Mutant {
  readonly name: string;
  /** What is wrong then, in plain words. */
  readonly defect: string;
  readonly patches: readonly Patch[];
}

const APPLY_PUSH = 'server/sync/apply-push.ts';
const DOCUMENTS = 'server/store/kysely-documents.ts';
const CHANGES = 'server/store/kysely-changes.ts';

const NO_ORIGINS: Patch = {
  file: 'client/sync/adopt-epoch.ts',
  search: 'const origins = isMerged(name) ?',
  replace: 'const origins = isMerged(name) && options.epoch === from ?',
};

/** In each the defect is real: it is what somebody could write who did not know better, or what was wrong once. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'sequence-before-commit',
    defect:
      'two connections take blocks of sequence numbers beforehand, as databases cache sequences',
    patches: [
      {
        file: DOCUMENTS,
        search: `      const counter = await takeNumbers(collection, documents.length);
      const firstSeq = Number(counter.seq) - documents.length + 1;`,
        replace: `      const size = Math.max(20, documents.length);
      blocks.turn += 1;
      const key = \`\${storeId}/\${collection}/\${blocks.turn % 2}\`;
      const present = await takeNumbers(collection, 0);
      let block = blocks.taken.get(key);
      if (block === undefined || block.end > Number(present.seq) || block.next + documents.length > block.end) {
        const end = Number((await takeNumbers(collection, size)).seq) + 1;
        block = { next: end - size, end };
        blocks.taken.set(key, block);
      }
      const counter = await takeNumbers(collection, 0);
      const firstSeq = block.next;
      block.next += documents.length;`,
      },
      {
        file: DOCUMENTS,
        search: 'export function kyselyDocuments(',
        replace: `const blocks = { turn: 0, taken: new Map<string, { next: number; end: number }>() };
export function kyselyDocuments(`,
      },
    ],
  },
  {
    name: 'pull-not-in-commit-order',
    defect: 'a page is read in the order of ids, and the checkpoint is its highest number',
    patches: [
      {
        file: CHANGES,
        search: "orderBy('seq').limit(limit)",
        replace: "orderBy('id').limit(limit)",
      },
    ],
  },
  {
    name: 'page-boundary-skipped',
    defect: 'the checkpoint of a full page is one too far',
    patches: [
      {
        file: CHANGES,
        search: 'const read = Number(page.seq ?? seq);',
        replace: 'const read = Number(page.seq ?? seq) + (documents < limit ? 0 : 1);',
      },
    ],
  },
  {
    name: 'timestamp-checkpoints',
    defect:
      'documents are read by the time at which they were written, as the terminals’ clocks say',
    patches: [
      {
        file: DOCUMENTS,
        search: 'last.set(document.id, { ...document, seq: firstSeq + index });',
        replace: `const written = JSON.parse(document.json) as Record<string, string>;
        const time = written['updatedAt'] || written['issuedAt'] || written['openedAt'] || '';
        last.set(document.id, { ...document, seq: Date.parse(time) || firstSeq + index });`,
      },
      {
        file: DOCUMENTS,
        search: '.set({ count, digest: digestText(digest) })',
        replace: `.set({
          count,
          digest: digestText(digest),
          seq: Math.max(Number(counter.seq), ...[...last.values()].map(({ seq }) => seq)),
        })`,
      },
      {
        file: 'server/store/migrations.ts',
        search: "indexes: [{ columns: ['store_id', 'collection', 'seq'], unique: true }],",
        replace: "indexes: [{ columns: ['store_id', 'collection', 'seq'] }],",
      },
      {
        file: 'server/sync/read-changes.ts',
        search: "if (checkpoint.seq > page.lastSeq) throw new AppError('BAD_CHECKPOINT');",
        replace: '',
      },
    ],
  },
  {
    name: 'stock-as-a-field',
    defect: 'stock is a number that may not go below zero, not the sum of its movements',
    patches: [
      {
        file: 'server/sync/stock-writer.ts',
        search: 'const onHand = stock.onHand + move.quantity;',
        replace: 'const onHand = Math.max(0, stock.onHand + move.quantity);',
      },
    ],
  },
  {
    name: 'stock-moved-twice',
    defect: 'an invoice that is sent again moves stock again',
    patches: [
      {
        file: APPLY_PUSH,
        search: `this.#isKnown(document, stored, current))
      return;`,
        replace: `this.#isKnown(document, stored, current)) {
      const again = effectsOf(collection, document);
      if (again !== null) await this.#stock.add({ ...again, id: this.options.ports.ids.newId() });
      return;
    }`,
      },
    ],
  },
  {
    name: 'batch-rejected-by-one-row',
    defect: 'one row that is refused takes the whole push with it',
    patches: [
      {
        file: APPLY_PUSH,
        search: 'for (const row of rows) await this.#apply(row);',
        replace: `for (const row of rows) await this.#apply(row);
      if (this.#reply.rejected.length > 0) {
        for (const { id } of this.#reply.accepted) this.#reject(id, refusal('INVALID_DOCUMENT'));
        this.#reply.accepted.length = 0;
        return this.#reply;
      }`,
      },
    ],
  },
  {
    name: 'no-epoch',
    defect: 'a restored backup goes on under the epoch of before',
    patches: [
      {
        file: 'server/begin-epoch.ts',
        search: 'await store.setEpoch(storeId, epoch);',
        replace: '',
      },
    ],
  },
  {
    name: 'clock-based-pending',
    defect: 'what RxDB’s clock has passed counts as sent',
    patches: [
      {
        file: 'client/sync/run-driver.ts',
        search: "this.#send({ type: 'verified', pending, stuck });",
        replace: "this.#send({ type: 'verified', pending, stuck: Math.min(stuck, 0) });",
      },
    ],
  },
  {
    name: 'acknowledged-by-id',
    defect: 'an acknowledgement counts for whatever the document is by then, a newer edit too',
    patches: [
      {
        file: 'client/sync/acknowledge.ts',
        search: 'if (entry === undefined || previous.edit !== entry.edit) continue;',
        replace: 'if (entry === undefined) continue;',
      },
    ],
  },
  {
    name: 'push-not-idempotent',
    defect: 'a row that is sent again is not recognised',
    patches: [
      {
        file: APPLY_PUSH,
        search: 'if (!known) return false;',
        replace: 'if (known || !known) return false;',
      },
    ],
  },
  {
    name: 'last-writer-wins',
    defect: 'an edit is accepted over whatever state the server has',
    patches: [
      {
        file: APPLY_PUSH,
        search: 'if (current !== null && !buildsOnCurrent) {',
        replace: 'if (current === null && !buildsOnCurrent && stored !== undefined) {',
      },
    ],
  },
  {
    name: 'merge-drops-a-field',
    defect: 'the rule for conflicts forgets one field',
    patches: [
      {
        file: 'shared/conflict/merge-fields.ts',
        search: 'if (sameValue(mine[field], theirs[field])) continue;',
        replace: "if (sameValue(mine[field], theirs[field]) || field === 'notes') continue;",
      },
    ],
  },
  {
    name: 'newer-state-passed-over',
    defect: 'a state that the server made while a push was under way is forgotten',
    patches: [
      {
        file: 'client/sync/transfer.ts',
        search: 'receivedVersion: received.versionOf }',
        replace: 'receivedVersion: () => 0 }',
      },
      /* Two guards stand one behind the other; this one alone would make up for the other. */
      {
        file: 'client/sync/take-passed-over.ts',
        search: 'const ids = received.takeUpTo(seq);',
        replace: 'const ids = received.takeUpTo(seq).slice(0, 0);',
      },
    ],
  },
  {
    name: 'passed-over-by-the-clock',
    defect:
      'what RxDB drops beside an acknowledged write that its clock hides is not asked for again',
    patches: [
      {
        file: 'client/sync/take-passed-over.ts',
        search: 'const ids = received.takeUpTo(seq);',
        replace: 'const ids = received.takeUpTo(seq).slice(0, 0);',
      },
    ],
  },
  {
    name: 'passed-over-before-a-cut',
    defect: 'the checkpoint of a page stands before what RxDB passed over of it has been taken',
    patches: [
      {
        file: 'client/sync/transfer.ts',
        search: 'guarded(async (seq: number) => void (await takeUpTo(seq)))',
        replace: 'guarded(async (_seq: number) => undefined)',
      },
    ],
  },
  {
    name: 'origins-not-asked-for',
    defect: 'after a restore nobody knows what the edits of terminals were built on',
    patches: [NO_ORIGINS],
  },
  {
    name: 'restored-by-the-older',
    defect: 'without a base, the higher version takes all',
    patches: [
      {
        file: 'shared/conflict/resolve-conflict.ts',
        search: '    base,\n    earlier: earlier ?? [],',
        replace:
          '    base: base === undefined && mine.ver > theirs.ver ? theirs : base,\n    earlier: earlier ?? [],',
      },
      NO_ORIGINS,
    ],
  },
  {
    name: 'base-not-noted',
    defect:
      'an edit is taken to be built on what RxDB last took note of, which a crash leaves behind',
    patches: [
      {
        file: 'client/desk/write-document.ts',
        search: 'await storing(noteBase(',
        replace: 'if (id === collection) await storing(noteBase(',
      },
    ],
  },
  {
    name: 'conflict-told-once',
    defect:
      'an edit that is in conflict a second time, over other fields, tells of the first ones only',
    patches: [
      {
        file: 'client/sync/records.ts',
        search: 'fields = fields.filter(({ field }) => !told.has(field));',
        replace: 'fields = told.size > 0 ? [] : fields;',
      },
    ],
  },
  {
    name: 'superseded-not-answered',
    defect:
      'the terminal of a flagged invoice is told the version of the flags without having them',
    patches: [
      {
        file: APPLY_PUSH,
        search: 'if (stored.edit !== document.edit) this.#reply.superseded.push(current);',
        replace: `const immutable = COLLECTIONS[this.options.collection].immutable;
    if (stored.edit !== document.edit && !immutable) this.#reply.superseded.push(current);`,
      },
    ],
  },
  {
    name: 'own-past-forgotten',
    defect: 'after a lost answer a person is in conflict with their own earlier edit',
    patches: [
      {
        file: 'client/sync/sent-states.ts',
        search: 'if (past === undefined) return { base };',
        replace: 'if (past !== null) return { base };',
      },
    ],
  },
  {
    name: 'refusal-never-settled',
    defect: 'a refused edit that was merged away stays in the list of refusals',
    patches: [
      {
        file: 'client/sync/push-handler.ts',
        search: '[...accepted, ...behind, ...changed].map(({ id }) => id),',
        replace: 'accepted.map(({ id }) => id),',
      },
    ],
  },
  {
    name: 'numbers-without-a-lock',
    defect: 'two sales of the same moment take the same number',
    patches: [
      {
        file: 'client/desk/create-sales-service.ts',
        search: 'locks.run(ISSUE_LOCK, async () => {',
        replace: 'locks.run(ids.newId(), async () => {',
      },
    ],
  },
  {
    name: 'cut-takes-the-newest',
    defect: 'a terminal drops the old sales that its next numbers follow from',
    patches: [
      {
        file: 'client/sync/cuts.ts',
        search: 'const kept = new Set([...cut.kept, ...late, ...(await goesOnFrom())]);',
        replace: 'const kept = new Set((await goesOnFrom()).size < 0 ? cut.kept : late);',
      },
    ],
  },
  {
    name: 'cut-passed-over',
    defect: 'a terminal that has followed one cut follows no later one',
    patches: [
      {
        file: 'client/sync/cuts.ts',
        search: 'if (isKnown && known.before === cut.before && known.seq === cut.seq) return;',
        replace: 'if (isKnown) return;',
      },
    ],
  },
  {
    name: 'archived-still-counted',
    defect: 'the server counts what it has archived',
    patches: [
      {
        file: 'server/store/kysely-cuts.ts',
        search: 'count: Number(row.count) - archived.length,',
        replace: 'count: Number(row.count),',
      },
    ],
  },
];
