import { type Client, clientSchema } from '../../schemas/clients';
import { type ClientContent, type ImportedClient, identificationKey } from './imported';
import { type Column, readRows, type TableRow } from './read-rows';
import { byLine, type Refusal } from './refusal';
import type { TextTable } from './text-table';

type Field = Exclude<keyof ClientContent, 'active'>;

export const CLIENT_COLUMNS: readonly Column<Field>[] = [
  { field: 'name', headers: ['nombre', 'cliente', 'name', 'client'], required: true },
  {
    field: 'identificationType',
    headers: ['tipo_identificacion', 'tipo_de_identificacion', 'identification_type'],
    required: false,
  },
  {
    field: 'identification',
    headers: ['identificacion', 'cedula', 'identification'],
    required: false,
  },
  { field: 'email', headers: ['correo', 'correo_electronico', 'email'], required: false },
  { field: 'phone', headers: ['telefono', 'phone'], required: false },
  { field: 'address', headers: ['direccion', 'address'], required: false },
  { field: 'notes', headers: ['notas', 'notes'], required: false },
];

type Type = Client['identificationType'];

/** Words and codes for each kind; spreadsheets drop the zero of `01`. */
const TYPES: ReadonlyMap<string, Type> = new Map([
  ['', ''],
  ...(['01', '1', 'fisica', 'person'] as const).map((word) => [word, '01'] as const),
  ...(['02', '2', 'juridica', 'company'] as const).map((word) => [word, '02'] as const),
  ...(['03', '3', 'dimex'] as const).map((word) => [word, '03'] as const),
  ...(['04', '4', 'nite'] as const).map((word) => [word, '04'] as const),
  ...(['05', '5', 'extranjero', 'foreigner'] as const).map((word) => [word, '05'] as const),
]);

/** Digits of each kind, by the format of Costa Rica's electronic invoices; without a kind, as the schema has it. */
const FORMS: Record<Type, RegExp> = {
  '': /^[0-9A-Za-z-]{0,20}$/,
  '01': /^\d{9}$/,
  '02': /^\d{10}$/,
  '03': /^\d{11,12}$/,
  '04': /^\d{10}$/,
  '05': /^[0-9A-Za-z-]{1,20}$/,
};

const TEXTS = ['name', 'email', 'phone', 'address', 'notes'] as const satisfies readonly Field[];

export const NEW_CLIENT = {
  identificationType: '',
  identification: '',
  email: '',
  phone: '',
  address: '',
  notes: '',
  active: true,
} as const;

/**
 * Reads a table of clients. A bad line is refused with its reason and never stops the others. Identifications of kinds
 * 01 to 04 may be written in groups. Throws FILE_HEADER_BAD (see `readRows`).
 */
export function parseClients(table: TextTable): {
  clients: ImportedClient[];
  refused: Refusal[];
  unusedHeaders: readonly string[];
} {
  const { rows, refused, unusedHeaders } = readRows(table, CLIENT_COLUMNS);
  const clients: ImportedClient[] = [];
  const refusals = [...refused];
  const seen: Seen = { identifications: new Set(), names: new Map() };
  for (const row of rows) {
    const result = parseLine(row, seen);
    if ('code' in result) {
      refusals.push(result);
      continue;
    }
    clients.push(result);
    const { name, identification } = result.whenNew;
    if (identification !== '') seen.identifications.add(identificationKey(identification));
    seen.names.set(name, (seen.names.get(name) ?? true) && identification !== '');
  }
  return { clients, refused: refusals.sort(byLine), unusedHeaders };
}

interface Seen {
  identifications: Set<string>;
  /** Whether every client of this name that the file had so far can be told apart by an identification. */
  names: Map<string, boolean>;
}

function parseLine(row: TableRow<Field>, seen: Seen): ImportedClient | Refusal {
  const texts = Object.fromEntries(
    TEXTS.map((field) => [field, row.cell(field).replaceAll(/\s+/g, ' ')]),
  ) as Record<(typeof TEXTS)[number], string>;
  const { name, email } = texts;
  if (name === '') return row.refuse('name', 'EMPTY_NAME');
  const tooLong = TEXTS.find(
    (field) => texts[field].length > (clientSchema.properties[field].maxLength ?? 0),
  );
  if (tooLong !== undefined) return row.refuse(tooLong, 'TOO_LONG');

  const identificationType = toType(row.cell('identificationType'));
  if (identificationType === undefined) {
    return row.refuse('identificationType', 'BAD_IDENTIFICATION_TYPE');
  }
  const written = row.cell('identification');
  const isGrouped = identificationType !== '' && identificationType !== '05';
  /* A hyphen alone is how many lists write that there is none. */
  const key = identificationKey(written);
  const identification = isGrouped || key === '' ? key : written;
  if (!FORMS[identificationType].test(identification)) {
    return row.refuse('identification', 'BAD_IDENTIFICATION');
  }
  if (key !== '' && seen.identifications.has(key)) {
    return row.refuse('identification', 'DUPLICATE_IDENTIFICATION');
  }
  /* Without an identification a client is found by name, and two lines would be one client. */
  const isTold = seen.names.get(name);
  if (isTold !== undefined && !(isTold && identification !== '')) {
    return row.refuse('name', 'DUPLICATE_NAME');
  }
  if (!/^([^\s@]+@[^\s@]+\.[^\s@]+)?$/.test(email)) return row.refuse('email', 'BAD_EMAIL');

  const filled = TEXTS.filter((field) => texts[field] !== '');
  const says = {
    ...Object.fromEntries(filled.map((field) => [field, texts[field]])),
    ...(identificationType === '' ? {} : { identificationType }),
    ...(identification === '' ? {} : { identification }),
  };
  return { line: row.line, says, whenNew: { ...NEW_CLIENT, ...says, name } };
}

const toType = (text: string): Type | undefined =>
  TYPES.get(
    text
      .normalize('NFD')
      .replaceAll(/\p{Mark}/gu, '')
      .toLowerCase(),
  );
