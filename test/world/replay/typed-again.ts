import type { SaleApproval } from '../../../client/services/sales-service';
import type { Case } from '../../../client/trace/case-schema';
import type { EntryOf } from '../../../client/trace/trace-entry';
import { makeCode } from '../../../server/auth/enrolment';
import type { ApprovalSubject } from '../../../shared/access/approval-proof';
import { passwordOf } from '../seed-store';
import type { CaseWorld } from './case-world';
import { approvedAgain, userNames } from './sealed';

/** What a recorded call of a sale or a note may say of who approved it. */
interface ApprovedArgs extends Pick<ApprovalSubject, 'type' | 'lines'> {
  approver: { userName: string };
  approval: SaleApproval;
}

const WRONG = 'not the password';

/** What people typed and no file has: passwords, codes, and proofs that were made with them. Wrong where it was refused. */
export class TypedAgain {
  readonly #names: ReadonlyMap<string, string>;
  /** Who logged in last. */
  #userName: string;

  constructor(private readonly parts: { file: Case; made: CaseWorld }) {
    this.#names = userNames(parts.file);
    this.#userName = parts.file.base.userName ?? '';
  }

  /** The arguments of a sale or a note, with the approver's password, or the proof that was made with it. */
  approved({ op }: EntryOf<'call'>, args: readonly unknown[]): unknown[] {
    const isWrong = this.#endedWith(op, 'APPROVAL_FAILED');
    return args.map((arg) => {
      const given = arg as Partial<ApprovedArgs> | null;
      if (given?.approver !== undefined) {
        const { userName } = given.approver;
        return {
          ...given,
          approver: { userName, password: isWrong ? WRONG : passwordOf(userName) },
        };
      }
      if (given?.approval === undefined) return arg;
      const { invoiceId, approvals } = given.approval;
      const { type = '04', lines = [] } = given;
      const terminalId = this.parts.made.terminalId() ?? '';
      const subject = { id: invoiceId, terminalId, type, lines };
      return {
        ...given,
        approval: { invoiceId, approvals: approvedAgain(approvals, subject, this.#names) },
      };
    });
  }

  /** What is typed for a call: a code for an enrolment, else the password of whoever it is about. */
  async secret({ call, op }: EntryOf<'call'>): Promise<string> {
    if (call.method === 'enrol') {
      const { storeId, server } = this.parts.made.world;
      return (await makeCode(server.context, { storeId, actor: 'replay' })).code;
    }
    if (this.#endedWith(op, 'LOGIN_FAILED')) return WRONG;
    if (call.method === 'reauthenticate') return passwordOf(this.#userName);
    const [given] = call.args as { userName?: string }[];
    if (given?.userName !== undefined) this.#userName = given.userName;
    return passwordOf(given?.userName ?? '');
  }

  #endedWith(op: string, code: string): boolean {
    return this.parts.file.entries.some(
      (entry) => entry.kind === 'done' && entry.op === op && entry.code === code,
    );
  }
}
