import type {
  ClientSnapshot,
  Invoice,
  InvoiceLine,
  InvoiceReference,
} from '../../schemas/invoices';
import type { Approvable } from '../../shared/access/approvable';
import { AppError } from '../../shared/errors/app-error';
import { seriesOf } from '../../shared/fiscal/consecutive';
import { remainingQuantities } from '../../shared/fiscal/remaining-quantities';
import { invoiceTotals } from '../../shared/money/invoice-totals';
import { lineAmounts } from '../../shared/money/line-amounts';
import type { Clock } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import { may } from '../../shared/roles';
import type { DeskDatabase } from '../db/database';
import type { ApprovalsService, Credentials } from '../services/approvals-service';
import type { InvoicesService } from '../services/invoices-service';
import type { SaleLine, SalesService } from '../services/sales-service';
import type { SignChain } from '../session/sign-chain';
import { type Author, authorWho, type CurrentAuthor } from './author';
import {
  buildInvoice,
  type InvoiceContent,
  settlePayments,
  toInvoiceLine,
  WALK_IN,
} from './build-invoice';
import type { Locks } from './locks';
import { ISSUE_LOCK, lastInvoice, nextNumber, nextSerial } from './own-numbers';
import { saleNeeds } from './sale-needs';
import { unlessCancelled } from './unless-cancelled';
import { insertDocument } from './write-document';

export interface SalesOptions {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  /** Random decimal digits. */
  digits: (length: number) => string;
  sign: SignChain;
  locks: Locks;
  author: CurrentAuthor;
  /** Whether the server can be reached: an offline sale says so in its clave. */
  isOnline: () => boolean;
  openShiftId: () => string;
  approvals: ApprovalsService;
  notesOf: InvoicesService['notesOf'];
}

/** What a note says of the document that it corrects. */
const referenceTo = (
  { id, type, clave, issuedAt }: Invoice,
  code: InvoiceReference['code'],
  reason: string,
): InvoiceReference => ({
  invoiceId: id,
  documentType: type,
  number: clave,
  issuedAt,
  code,
  reason,
});

export function createSalesService(options: SalesOptions): SalesService {
  const { db, clock, ids, locks } = options;

  /** Takes the numbers and stores, alone among all tabs: a document that is not stored has taken none (F14, F15). */
  const issue = (
    content: InvoiceContent,
    author: Author,
    {
      id = ids.newId(),
      signal,
    }: { id?: string | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<Invoice> =>
    locks.run(ISSUE_LOCK, async () => {
      const { store, terminal } = author;
      const series = seriesOf({
        branch: store.branch,
        terminalNumber: terminal.number,
        type: content.type,
      });
      const previous = await lastInvoice(db, terminal.id);
      const invoice = buildInvoice(
        content,
        {
          id,
          number: await nextNumber(db, series),
          serial: await nextSerial(db, terminal.id, previous),
          now: clock.now(),
          situation: options.isOnline() ? '1' : '3',
          securityCode: options.digits(8),
          shiftId: options.openShiftId(),
          previousHash: previous?.chain.hash ?? '',
        },
        author,
      );
      const signature = await options.sign(invoice.chain.hash);
      unlessCancelled(signal);
      const chain = { ...invoice.chain, ...(signature === '' ? {} : { signature }) };
      return insertDocument({ db, ids, collection: 'invoices' }, { ...invoice, chain });
    });

  const snapshot = async (clientId: string): Promise<ClientSnapshot> => {
    if (clientId === '') return WALK_IN;
    const client = await db.clients.findOne(clientId).exec();
    if (client === null) throw new AppError('NOT_FOUND', { clientId });
    const { name, identificationType, identification, email } = client;
    return { name, identificationType, identification, email };
  };

  const needsOf = (lines: readonly SaleLine[], { user, store }: Author): readonly Approvable[] =>
    saleNeeds(lines, store).filter((permission) => !may(user.role, permission));

  /** A note by whoever is logged in, or with the approval of somebody who may. */
  const issueApproved = async (
    content: InvoiceContent,
    approver: Credentials | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Invoice> => {
    const author = authorWho(options.author, 'sell');
    if (may(author.user.role, 'creditNote')) return issue(content, author, { signal });
    if (approver === undefined) throw new AppError('FORBIDDEN', { permission: 'creditNote' });
    const id = ids.newId();
    const subject = { ...content, id };
    const permissions = ['creditNote'] as const;
    const approvals = await options.approvals.approve({ approver, permissions, subject }, signal);
    return issue({ ...content, approvals }, author, { id, signal });
  };

  return {
    needs: (lines) => needsOf(lines, options.author()),

    async approveSale({ type, lines: sold, approver }, signal) {
      const permissions = needsOf(sold, authorWho(options.author, 'sell'));
      const invoiceId = ids.newId();
      const subject = { id: invoiceId, type, lines: sold.map(toInvoiceLine) };
      const approvals = await options.approvals.approve({ approver, permissions, subject }, signal);
      return { invoiceId, approvals };
    },

    async issue({ type, clientId, lines: sold, payments, tendered, notes, approval }, signal) {
      const author = authorWho(options.author, 'sell');
      const approved = new Set(approval?.approvals.map(({ permission }) => permission));
      const missing = needsOf(sold, author).find((permission) => !approved.has(permission));
      if (missing !== undefined) throw new AppError('FORBIDDEN', { permission: missing });
      const lines = sold.map(toInvoiceLine);
      return issue(
        {
          type,
          clientId,
          client: await snapshot(clientId),
          lines,
          notes,
          ...settlePayments(lines, payments, tendered),
          approvals: [...(approval?.approvals ?? [])],
        },
        author,
        { id: approval?.invoiceId, signal },
      );
    },

    async issueNote({ type, reference, clientId, lines: corrected, payments, notes }) {
      const author = authorWho(options.author, 'creditNote');
      const lines = corrected.map(toInvoiceLine);
      return issue(
        {
          type,
          reference,
          clientId,
          client: await snapshot(clientId),
          lines,
          notes,
          ...settlePayments(lines, payments, 0),
        },
        author,
      );
    },

    async creditNote(invoice, { reason, quantities, approver }, signal) {
      const left = remainingQuantities(invoice, await options.notesOf(invoice));
      const wanted = quantities ?? left;
      const lines: InvoiceLine[] = [];
      for (const [index, line] of invoice.lines.entries()) {
        const quantity = wanted.get(index) ?? 0;
        if (quantity === 0) continue;
        if (quantity < 0 || quantity > (left.get(index) ?? 0)) {
          throw new AppError('INVALID_DOCUMENT', { path: `/lines/${index}/quantity` });
        }
        lines.push({ ...line, quantity, ...lineAmounts({ ...line, quantity }) });
      }
      if (lines.length === 0) throw new AppError('INVALID_DOCUMENT', { path: '/lines' });
      const whole = invoice.lines.every((line, index) => wanted.get(index) === line.quantity);
      const { total } = invoiceTotals(lines);
      const method = invoice.payments[0]?.method ?? 'cash';
      return issueApproved(
        {
          type: '03',
          clientId: invoice.clientId,
          client: invoice.client,
          lines,
          notes: '',
          reference: referenceTo(invoice, whole ? '01' : '03', reason),
          ...settlePayments(lines, [{ method, amount: total, reference: '' }], 0),
        },
        approver,
        signal,
      );
    },

    async debitNote(invoice, { reason, line: index, amount, method, approver }, signal) {
      const corrected = invoice.lines[index];
      if (corrected === undefined || amount <= 0) {
        throw new AppError('INVALID_DOCUMENT', { path: `/lines/${index}` });
      }
      const priced = { ...corrected, quantity: 1000, unitPrice: amount, discountRate: 0 };
      const lines: InvoiceLine[] = [{ ...priced, ...lineAmounts(priced) }];
      const { total } = invoiceTotals(lines);
      return issueApproved(
        {
          type: '02',
          clientId: invoice.clientId,
          client: invoice.client,
          lines,
          notes: '',
          reference: referenceTo(invoice, '03', reason),
          ...settlePayments(lines, [{ method, amount: total, reference: '' }], 0),
        },
        approver,
        signal,
      );
    },
  };
}
