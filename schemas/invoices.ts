import { type Static, Type } from '@sinclair/typebox';
import { IdentificationType } from './clients';
import {
  Amount,
  BasisPoints,
  BusinessDate,
  HashOrEmpty,
  Id,
  IdOrEmpty,
  Instant,
  label,
  Quantity,
  Serial,
  SignatureOrEmpty,
  syncFields,
  text,
} from './fields';
import { TaxCode, Unit } from './products';

/** 01 invoice, 02 debit note, 03 credit note, 04 ticket (no client needed). */
export const DocumentType = Type.Union([
  Type.Literal('01'),
  Type.Literal('02'),
  Type.Literal('03'),
  Type.Literal('04'),
]);
export type DocumentType = Static<typeof DocumentType>;

export const PaymentMethod = Type.Union([
  Type.Literal('cash'),
  Type.Literal('card'),
  Type.Literal('transfer'),
]);
export type PaymentMethod = Static<typeof PaymentMethod>;

/** A line is a snapshot: later changes of the product do not reach it (F27, F28). */
export const invoiceLineSchema = Type.Object(
  {
    productId: Id,
    code: text(40),
    description: label(200),
    cabys: Type.String({ maxLength: 13, pattern: '^(\\d{13})?$' }),
    unit: Unit,
    stocked: Type.Boolean(),
    quantity: Quantity,
    unitPrice: Amount,
    discountRate: BasisPoints,
    taxCode: TaxCode,
    taxRate: BasisPoints,
    gross: Amount,
    discount: Amount,
    net: Amount,
    tax: Amount,
    total: Amount,
  },
  { additionalProperties: false },
);
export type InvoiceLine = Static<typeof invoiceLineSchema>;

export const totalsSchema = Type.Object(
  { gross: Amount, discount: Amount, net: Amount, tax: Amount, total: Amount },
  { additionalProperties: false },
);
export type Totals = Static<typeof totalsSchema>;

export const clientSnapshotSchema = Type.Object(
  {
    name: text(160),
    identificationType: IdentificationType,
    identification: text(20),
    email: text(160),
  },
  { additionalProperties: false },
);
export type ClientSnapshot = Static<typeof clientSnapshotSchema>;

export const paymentSchema = Type.Object(
  {
    method: PaymentMethod,
    /** What goes towards the total; the change given back is not part of it. */
    amount: Amount,
    /** Last digits of a card, number of a transfer; never a whole card number. */
    reference: text(40),
  },
  { additionalProperties: false },
);
export type Payment = Static<typeof paymentSchema>;

/** The document that a note corrects. */
export const referenceSchema = Type.Object(
  {
    /** Id in this product, or empty where the original was issued elsewhere. */
    invoiceId: IdOrEmpty,
    documentType: DocumentType,
    /** Clave, or the foreign number of a document issued elsewhere. */
    number: label(50),
    issuedAt: Instant,
    /** 01 annuls, 02 corrects text, 03 corrects amount, 04 refers to another document, 99 other. */
    code: Type.Union([
      Type.Literal('01'),
      Type.Literal('02'),
      Type.Literal('03'),
      Type.Literal('04'),
      Type.Literal('99'),
    ]),
    reason: label(180),
  },
  { additionalProperties: false },
);
export type InvoiceReference = Static<typeof referenceSchema>;

/** What the server noticed when it accepted the document; a person must look, the sale stands. */
export const InvoiceFlag = Type.Union([
  Type.Literal('DUPLICATE_CONSECUTIVE'),
  Type.Literal('USER_INACTIVE'),
  Type.Literal('OVERSOLD'),
  /** Another invoice of its terminal follows the same one. */
  Type.Literal('CHAIN_BROKEN'),
]);
export type InvoiceFlag = Static<typeof InvoiceFlag>;

/** Somebody with the permission allowed what the author alone may not. */
export const approvalSchema = Type.Object(
  {
    permission: label(60),
    userId: Id,
    userName: text(120),
    at: Instant,
    /** What shows that it was that person; empty where nothing does. */
    proof: text(200),
  },
  { additionalProperties: false },
);
export type Approval = Static<typeof approvalSchema>;

/** Immutable once issued; a correction is another document. Amounts are positive, the type gives the direction. */
export const invoiceSchema = Type.Object(
  {
    ...syncFields,
    type: DocumentType,
    consecutive: Type.String({ maxLength: 20, minLength: 20, pattern: '^\\d{20}$' }),
    clave: Type.String({ maxLength: 50, minLength: 50, pattern: '^\\d{50}$' }),
    /** 1 normal, 2 contingency, 3 without internet. */
    situation: Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('3')]),
    terminalId: Id,
    /** Place among this terminal's stock-affecting documents (invoices and movements together). */
    serial: Serial,
    issuedAt: Instant,
    businessDate: BusinessDate,
    currency: Type.String({ maxLength: 3, minLength: 3, pattern: '^[A-Z]{3}$' }),
    userId: Id,
    userName: text(120),
    shiftId: IdOrEmpty,
    clientId: IdOrEmpty,
    client: clientSnapshotSchema,
    lines: Type.Array(invoiceLineSchema, { minItems: 1, maxItems: 1000 }),
    totals: totalsSchema,
    payments: Type.Array(paymentSchema, { maxItems: 10 }),
    /** Cash handed over, and what was given back. */
    tendered: Amount,
    change: Amount,
    reference: Type.Optional(referenceSchema),
    notes: text(500),
    /** Last instant at which the tax authority should have it. */
    fiscalDeadline: Instant,
    approvals: Type.Array(approvalSchema, { maxItems: 20 }),
    /** Hash of this terminal's previous invoice, and of this one (canonical JSON, SHA-256), signed by the terminal's key. */
    chain: Type.Object(
      { prev: HashOrEmpty, hash: HashOrEmpty, signature: SignatureOrEmpty },
      { additionalProperties: false },
    ),
    flags: Type.Array(InvoiceFlag, { maxItems: 5 }),
  },
  { additionalProperties: false },
);
export type Invoice = Static<typeof invoiceSchema>;
