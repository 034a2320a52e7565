import type { Invoice } from '../../schemas/invoices';
import type { Credentials } from '../services/approvals-service';
import type { SaleApproval, SaleLine, SalesService } from '../services/sales-service';

/*
 * What screens may ask of the desk, and what of it is written down. A call that is not listed is not recorded: it changes
 * nothing. Passwords and codes are left out here, before anything is an entry.
 */

type NoteOptions = { [M in 'creditNote' | 'debitNote']: Parameters<SalesService[M]>[1] };
type Encode = (...args: never[]) => unknown[];

const asGiven = (...args: unknown[]): unknown[] => args;
const nothing = (): unknown[] => [];

const lineOf = ({ product, quantity, unitPrice, discountRate }: SaleLine) => ({
  productId: product.id,
  quantity,
  unitPrice,
  discountRate,
});
const withLines = ({
  approval,
  ...request
}: {
  lines: readonly SaleLine[];
  approval?: SaleApproval;
}) => [
  {
    ...request,
    lines: request.lines.map(lineOf),
    ...(approval === undefined ? {} : { approval: approvalOf(approval) }),
  },
];

/** Who allowed what, without what shows it: a proof is made with a password. */
const approvalOf = ({ invoiceId, approvals }: SaleApproval) => ({
  invoiceId,
  approvals: approvals.map(({ permission, userId, userName, at }) => ({
    permission,
    userId,
    userName,
    at,
  })),
});

/** Of whoever typed a password beside the cashier, the name. */
const approverOf = (approver: Credentials | undefined) =>
  approver === undefined ? {} : { approver: { userName: approver.userName.trim().toLowerCase() } };

/** A conflict is known by its document: its own id holds an edit, which is another one in a replay. */
const conflictDocument = (id: string): unknown[] => id.split(':').slice(0, 2);

/**
 * The user name that somebody typed for this call, as it stands in the encoded arguments, or null. It may be a password:
 * people type it into the wrong field.
 */
export function typedName(args: readonly unknown[]): { userName: string } | null {
  for (const arg of args) {
    const given = arg as { userName?: unknown; approver?: unknown } | null | undefined;
    for (const holder of [given?.approver, given]) {
      const name = (holder as { userName?: unknown } | undefined)?.userName;
      if (typeof name === 'string') return holder as { userName: string };
    }
  }
  return null;
}

export const RECORDED_CALLS: Readonly<Record<string, Readonly<Record<string, Encode>>>> = {
  session: {
    enrol: ({ name }: { name: string }) => [{ name }],
    login: ({ userName }: { userName: string }) => [{ userName: userName.trim().toLowerCase() }],
    logout: nothing,
  },
  sync: { send: asGiven, cancel: nothing, reauthenticate: nothing },
  sales: {
    issue: withLines,
    issueNote: withLines,
    creditNote: ({ id }: Invoice, { reason, quantities, approver }: NoteOptions['creditNote']) => [
      id,
      {
        reason,
        ...(quantities === undefined ? {} : { quantities: [...quantities] }),
        ...approverOf(approver),
      },
    ],
    debitNote: (
      { id }: Invoice,
      { reason, line, amount, method, approver }: NoteOptions['debitNote'],
    ) => [id, { reason, line, amount, method, ...approverOf(approver) }],
  },
  clients: { create: asGiven, edit: asGiven },
  products: { create: asGiven, edit: asGiven },
  stock: { adjust: asGiven },
  shifts: { open: asGiven, close: asGiven },
  attention: {
    attend: asGiven,
    applyMine: conflictDocument,
    keepTheirs: conflictDocument,
    sendAgain: asGiven,
  },
  proof: { compare: nothing, differences: asGiven, repair: asGiven },
};
