import { type Static, Type } from '@sinclair/typebox';
import { Id, Instant } from '../../schemas/fields';
import { pushRequestSchema } from './messages';

/**
 * `POST /api/rescues/:collection`: rows of another terminal's rescue file, sent by somebody with `importRescue`. The
 * reply is that of a push. `terminalId` is whose the rows are; `fileId` the file's checksum, for the log.
 */
export const rescueRequestSchema = Type.Composite(
  [
    pushRequestSchema,
    Type.Object({
      terminalId: Id,
      fileId: Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' }),
      madeAt: Instant,
    }),
  ],
  { additionalProperties: false },
);
export type RescueRequest = Static<typeof rescueRequestSchema>;
