import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import {
  parseRescueFile,
  RESCUE_EXTENSION,
  type RescueFacts,
  type RescueFile,
} from '../../shared/rescue/rescue-file';
import {
  collectionHashes,
  documentHashes,
  rescueProofBytes,
} from '../../shared/rescue/rescue-proof';
import type { DeskDatabase } from '../db/database';
import type { ApiClient } from '../http/api-client';
import { signLate } from '../pending/sign-late';
import { countsOf, readPending, totalOf } from '../rescue/pending-content';
import { openRescue, sealRescue } from '../rescue/seal';
import { sendRescue } from '../rescue/send-rescue';
import type { RescueService } from '../services/rescue-service';
import type { IdentityStore } from '../session/identity';
import { chainSigner, type SignBytes } from '../session/sign-chain';
import { authorWho, type CurrentAuthor } from './author';

/** The rescue of what is pending here, and the import of another terminal's. */
export function createRescueService(options: {
  db: DeskDatabase;
  api: ApiClient;
  identity: IdentityStore;
  clock: Clock;
  ids: Ids;
  digits: (length: number) => string;
  author: CurrentAuthor;
  signBytes: SignBytes;
}): RescueService {
  const { db, api, identity, clock, ids, digits, author, signBytes } = options;

  const look = (text: string): RescueFile => {
    const file = parseRescueFile(text);
    const { store } = author();
    if (file.facts.storeId !== store.id) throw new AppError('RESCUE_FOREIGN');
    if (file.facts.protocol > PROTOCOL_VERSION) throw new AppError('PROTOCOL_MISMATCH');
    return file;
  };

  return {
    async make() {
      const { store, terminal } = author();
      const known = await identity.read();
      if (known === null) throw new AppError('TERMINAL_UNKNOWN');
      /* What was issued while the key failed: unsigned the server would refuse it, and nobody else can sign it. */
      const sign = chainSigner(signBytes);
      await signLate({ db, sign, ids, terminalId: terminal.id });
      const documents = await readPending(db);
      const counts = countsOf(documents);
      if (Object.values(counts).every((count) => count === 0)) throw new AppError('RESCUE_EMPTY');
      const madeAt = instant(clock.now());
      const facts: RescueFacts = {
        storeId: store.id,
        terminal: { id: terminal.id, number: terminal.number, name: terminal.name },
        epoch: known.epoch,
        protocol: PROTOCOL_VERSION,
        madeAt,
        counts,
        invoicesTotal: totalOf(documents.invoices),
        currency: store.currency,
      };
      const collections = collectionHashes(documentHashes(documents));
      const bytes = rescueProofBytes({ terminalId: terminal.id, madeAt, collections });
      const signature = await signBytes(bytes);
      const content = { documents, ...(signature === '' ? {} : { signature }) };
      const { file, key } = await sealRescue({ facts, content }, digits);
      /* Windows takes no colons in a name. */
      const when = madeAt.slice(0, 19).replaceAll(':', '-');
      const fileName = `terminal-${terminal.number}-${when}${RESCUE_EXTENSION}`;
      return { fileName, text: `${JSON.stringify(file)}\n`, key, facts };
    },
    look: async (text) => look(text).facts,
    async bringIn({ text, key, isAcrossEpochs = false }) {
      authorWho(author, 'importRescue');
      const file = look(text);
      const content = await openRescue(file, key);
      const rows = await sendRescue({ api, file, content, isAcrossEpochs });
      return { facts: file.facts, rows };
    },
  };
}
