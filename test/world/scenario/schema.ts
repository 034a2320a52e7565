import { type Static, Type } from '@sinclair/typebox';
import { LIMITS } from '../../../shared/protocol/limits';
import { expectationSchema } from './expectation-schema';
import { Money, Name, Role, SignedMs } from './schema-parts';
import { stepSchema } from './step-schema';

/*
 * A scenario: what is there, what happens, what must hold. QA writes them as YAML (test/scenarios), random histories are
 * made of the same steps, and a failure that was found is kept as a file of the same form.
 */

export const givenSchema = Type.Object(
  {
    products: Type.Array(
      Type.Object(
        {
          code: Name,
          price: Type.Unsafe<number>({ ...Money, description: 'In currency units, before tax.' }),
          stock: Type.Number({ description: 'Opening stock, in units.' }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 500 },
    ),
    clients: Type.Array(
      Type.Object({ name: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
    ),
    users: Type.Array(Type.Object({ name: Name, role: Role }, { additionalProperties: false }), {
      minItems: 1,
    }),
    terminals: Type.Array(
      Type.Object(
        {
          name: Name,
          user: Name,
          skewMs: Type.Optional(SignedMs),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 8 },
    ),
    catalogue: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 5000,
        description: 'Further products that nobody sells, to be received all the same.',
      }),
    ),
    pullPage: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: LIMITS.pullPage,
        description: 'Documents of one pull page, for scenarios about page boundaries.',
      }),
    ),
    pushRows: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: LIMITS.pushRows,
        description: 'Rows of one push, for scenarios about batches.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const scenarioSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'In plain words.' }),
    about: Type.Optional(Type.String()),
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    unusedFaults: Type.Optional(
      Type.Literal('allowed', {
        description: 'A fault that is armed and never met is no error (histories that were found).',
      }),
    ),
    given: givenSchema,
    steps: Type.Array(stepSchema, { minItems: 1, maxItems: 2000 }),
    expect: Type.Array(expectationSchema, { minItems: 1 }),
  },
  { additionalProperties: false, title: 'Scenario of Mostrador' },
);

export type Scenario = Static<typeof scenarioSchema>;
export type Step = Static<typeof stepSchema>;
export type Expectation = Static<typeof expectationSchema>;
