import { type Static, Type } from '@sinclair/typebox';
import { storeProfileSchema, terminalProfileSchema } from '../../shared/protocol/messages';
import { traceEntrySchema } from './trace-entry';

/** Rises when a replay of today could not read a file of tomorrow. 2: lives and cuts. */
export const CASE_VERSION = 2;

const Documents = Type.Record(
  Type.String(),
  Type.Array(Type.Record(Type.String(), Type.Unknown())),
  { description: 'By collection: documents that the trace is about, as they were when it began.' },
);

/**
 * A case for QA: what a terminal did and was answered, and what was there before. People, free words and ids are
 * pseudonyms (the same one for the same value, within this file only); codes, descriptions, prices, quantities and times
 * are real.
 */
export const caseSchema = Type.Object(
  {
    format: Type.Literal('mostrador-case'),
    /** Files of the first version are read as they are: they only say less. */
    version: Type.Union([Type.Literal(1), Type.Literal(CASE_VERSION)]),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    exportedAt: Type.String(),
    protocol: Type.Integer(),
    base: Type.Object(
      {
        terminal: terminalProfileSchema,
        /** False: the trace begins with an empty profile, which an operation of it enrols. */
        isEnrolled: Type.Boolean(),
        store: storeProfileSchema,
        /** Who was logged in. */
        userName: Type.Union([Type.String(), Type.Null()]),
        documents: Documents,
        /** Open conflicts and refusals of before. */
        conflicts: Type.Array(Type.Record(Type.String(), Type.Unknown())),
        rejected: Type.Array(Type.Record(Type.String(), Type.Unknown())),
      },
      { additionalProperties: false },
    ),
    /** Oldest first; a report names them by their place, from 1. */
    entries: Type.Array(traceEntrySchema),
  },
  { additionalProperties: false },
);
export type Case = Static<typeof caseSchema>;
