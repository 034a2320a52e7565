import type { BehaviorSubject } from 'rxjs';
import type { ErrorCode } from '../../shared/errors/registry';
import type { FileEncoding } from '../../shared/import/decode-file';
import type { ImportKind } from '../../shared/import/import-kind';
import type { ClientContent, ProductContent } from '../../shared/import/imported';
import type { Derivations } from '../../shared/import/read-import';
import type { HeaderFault } from '../../shared/import/read-rows';
import type { Refusal } from '../../shared/import/refusal';
import type { ImportReply } from '../../shared/protocol/messages';

/** Of what would be imported, as many as a person looks at. */
export const SAMPLE_SIZE = 100;

/** What this terminal read of a file, by the very code that the server reads it with. */
export type FilePreview =
  | {
      readonly ok: true;
      readonly kind: ImportKind;
      readonly lines: number;
      /** Accepted, before the server compares them with what it has. */
      readonly products: number;
      readonly clients: number;
      readonly refused: readonly Refusal[];
      readonly unusedHeaders: readonly string[];
      readonly derived: Derivations;
      readonly encoding: FileEncoding;
      /** The first of what was accepted. */
      readonly sample: {
        readonly products: readonly ProductContent[];
        readonly clients: readonly ClientContent[];
      };
    }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly headers: readonly HeaderFault[];
      /** It is a spreadsheet in its own format. */
      readonly isSpreadsheet: boolean;
    };

export type FileOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'done'; readonly reply: ImportReply }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

export interface ChosenFile {
  readonly id: string;
  readonly name: string;
  /** Null while it is read. */
  readonly preview: FilePreview | null;
  readonly outcome: FileOutcome;
}

export interface ImportState {
  readonly phase: 'idle' | 'reading' | 'sending' | 'needs-password';
  readonly files: readonly ChosenFile[];
  /** Price before tax for the new products of a catalogue, minor units. */
  readonly defaultPrice: number | null;
}

/**
 * Files that the owner brings in. They are read on this terminal, and sent one by one: each is imported wholly or not at
 * all, and sending it again changes nothing. No method throws; what went wrong stands in the state, so that leaving the
 * screen changes nothing either.
 */
export interface ImportService {
  readonly state$: BehaviorSubject<ImportState>;
  /** Takes these files in the place of earlier ones, and reads them. */
  choose(files: readonly File[]): Promise<void>;
  /** Reads again with another price. */
  setDefaultPrice(price: number | null): Promise<void>;
  /** Sends what has something to import and was not imported yet; stops at the first that fails. */
  send(): Promise<void>;
  /** Password given after the session had expired; sending goes on. Throws LOGIN_FAILED, NETWORK. */
  reauthenticate(password: string): Promise<void>;
  cancelPassword(): void;
  /** Lets go of the files. */
  clear(): void;
}

export const NO_IMPORT: ImportState = { phase: 'idle', files: [], defaultPrice: null };

/** Whether there is something in a file that the server has not got yet. */
export const isToSend = ({ preview, outcome }: ChosenFile): boolean =>
  preview?.ok === true && preview.products + preview.clients > 0 && outcome.kind !== 'done';
