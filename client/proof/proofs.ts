import { type Static, Type } from '@sinclair/typebox';
import type { Observable } from 'rxjs';
import { map } from 'rxjs/operators';
import type { CollectionName } from '../../schemas/registry';
import { validate } from '../../schemas/validate';
import { contentsSchema } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import type { Settings } from '../db/settings';

/** The last comparison of one collection with the server. */
const proofSchema = Type.Object({
  at: Type.String(),
  /** The server's sequence number that this terminal had read up to. */
  seq: Type.Integer({ minimum: 0 }),
  equality: Type.Union([
    Type.Literal('equal'),
    Type.Literal('different'),
    Type.Literal('behind'),
    Type.Literal('unknown'),
  ]),
  local: contentsSchema,
  server: contentsSchema,
  /** Documents that are pending here, and were therefore left out on both sides. */
  leftOut: Type.Integer({ minimum: 0 }),
});
export type Proof = Static<typeof proofSchema>;
export type ProofsByName = Readonly<Partial<Record<CollectionName, Proof>>>;

const KEY = 'proofs';
const proofsSchema = Type.Record(Type.String(), proofSchema);

const parse = (value: unknown): ProofsByName => {
  const stored = validate<ProofsByName>(proofsSchema, value);
  return stored.ok ? stored.value : {};
};

/** Where the comparisons are kept, beside the marks of the syncs. Written under the sync lock only. */
export interface Proofs {
  read(): Promise<ProofsByName>;
  write(name: CollectionName, proof: Proof): Promise<void>;
  /** All of them, again at each change, whichever tab made it. */
  readonly all$: Observable<ProofsByName>;
}

export function settingsProofs(db: DeskDatabase, settings: Settings): Proofs {
  const read = async (): Promise<ProofsByName> => parse(await settings.get(KEY));
  return {
    read,
    async write(name, proof) {
      await settings.set(KEY, { ...(await read()), [name]: proof });
    },
    all$: db.settings.findOne(KEY).$.pipe(map((stored) => parse(stored?.toJSON().value))),
  };
}
