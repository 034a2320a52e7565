import type { ImportKind } from './import-kind';
import type { Derivations } from './read-import';
import type { RefusalCode } from './refusal';

/**
 * What a person reads about an import, at the screen and at the command line: what a line was refused for and how to mend
 * it. `derived`: one sentence a count, which stands for `{{count}}`.
 */
export interface ImportWords {
  readonly kinds: Record<ImportKind, string>;
  /** Names of columns as refusals give them. */
  readonly fields: Record<string, string>;
  readonly refusals: Record<RefusalCode, string>;
  readonly derived: Record<keyof Derivations, string>;
}

export const importWordsEs: ImportWords = {
  kinds: {
    products: 'Productos',
    clients: 'Clientes',
    sales: 'Ventas reales (Online Retail)',
    catalogue: 'Catálogo de códigos EAN',
    cabys: 'Lista CABYS',
  },
  fields: {
    code: 'código',
    description: 'descripción',
    price: 'precio',
    barcode: 'código de barras',
    cabys: 'CABYS',
    tax: 'impuesto',
    rate: 'impuesto',
    unit: 'unidad',
    stock: 'existencia',
    name: 'nombre',
    identificationType: 'tipo de identificación',
    identification: 'identificación',
    email: 'correo',
    phone: 'teléfono',
    address: 'dirección',
    notes: 'notas',
    InvoiceNo: 'InvoiceNo',
    StockCode: 'StockCode',
    Description: 'Description',
    Quantity: 'Quantity',
    InvoiceDate: 'InvoiceDate',
    UnitPrice: 'UnitPrice',
    CustomerID: 'CustomerID',
    Country: 'Country',
  },
  refusals: {
    BAD_QUOTES: 'Una comilla se abre y no se cierra como debe.',
    WRONG_CELL_COUNT: 'No tiene tantas celdas como el encabezado.',
    BAD_CHARACTERS: 'Tiene caracteres que no son texto.',
    TOO_LONG: 'El texto es más largo de lo que cabe.',
    MISSING_CODE: 'Falta el código.',
    DUPLICATE_CODE: 'El código ya está en una línea anterior.',
    EMPTY_DESCRIPTION: 'Falta la descripción.',
    BAD_PRICE: 'El precio no es un número mayor que cero.',
    AMBIGUOUS_PRICE: 'No se sabe si el separador es de miles o de decimales: escriba 1500 o 1,50.',
    NO_PRICE: 'El catálogo no trae precios: indique un precio para los productos nuevos.',
    BAD_BARCODE:
      'No son 8, 12, 13 o 14 dígitos. Las hojas de cálculo quitan los ceros iniciales: dé formato de texto a la columna.',
    BAD_CHECK_DIGIT: 'El dígito verificador del código de barras no corresponde.',
    DUPLICATE_BARCODE: 'El código de barras ya está en una línea anterior.',
    BAD_CABYS:
      'El CABYS son 13 dígitos. Las hojas de cálculo quitan el cero inicial: dé formato de texto a la columna.',
    UNKNOWN_CABYS: 'El código no está en la lista CABYS que se dio.',
    DUPLICATE_CABYS: 'El código CABYS ya está en una línea anterior.',
    BAD_TAX: 'No es una tarifa de IVA (13, 8, 4, 2, 1, 0 o exento).',
    BAD_UNIT: 'No es una unidad conocida (Unid, kg, g, L, m, h, Sp).',
    BAD_STOCK: 'La existencia no es un número.',
    AMBIGUOUS_STOCK: 'No se sabe si el separador es de miles o de decimales: escriba 1500 o 1,5.',
    STOCK_NOT_KEPT: 'Un servicio no lleva existencia: deje la celda vacía.',
    EMPTY_NAME: 'Falta el nombre.',
    DUPLICATE_NAME:
      'El nombre ya está en una línea anterior, y sin identificación no se distinguen.',
    BAD_IDENTIFICATION_TYPE: 'No es un tipo de identificación (01, 02, 03, 04, 05).',
    BAD_IDENTIFICATION: 'La identificación no corresponde a su tipo.',
    DUPLICATE_IDENTIFICATION: 'La identificación ya está en una línea anterior.',
    BAD_EMAIL: 'No es una dirección de correo.',
    BAD_INVOICE_NUMBER: 'No es un número de factura ni de cancelación.',
    BAD_DATE: 'No es una fecha con hora.',
    BAD_QUANTITY: 'La cantidad no corresponde a una venta ni a una cancelación.',
    AMBIGUOUS_CODE: 'Varios productos de la sucursal tienen este código: corrija uno primero.',
    BARCODE_TAKEN: 'Otro producto de la sucursal tiene este código de barras.',
    AMBIGUOUS_IDENTIFICATION:
      'Varios clientes de la sucursal tienen esta identificación: corrija uno primero.',
    AMBIGUOUS_NAME: 'Varios clientes de la sucursal se llaman así: agregue la identificación.',
    STOCK_ALREADY_MOVED:
      'Solo la existencia no se tomó: el producto ya tiene movimientos. Ajústela en Productos.',
  },
  derived: {
    latestPrice: 'Productos vendidos a varios precios (se toma el último): {{count}}.',
    latestDescription: 'Productos con varias descripciones (se toma la última): {{count}}.',
    serviceCode: 'Códigos de envíos, cargos y demás (servicios sin existencia): {{count}}.',
    roundedPrice: 'Precios con más de dos decimales (se redondean): {{count}}.',
    cancellationLine: 'Líneas de cancelaciones (no dan precio): {{count}}.',
    clientName: 'Clientes de los que solo viene un número (se llaman «Cliente N»): {{count}}.',
    taxFromCabys: 'Productos que, si son nuevos, toman el impuesto de la lista CABYS: {{count}}.',
    defaultPrice:
      'Productos que, si son nuevos, toman el precio indicado, y su código de barras por código: {{count}}.',
  },
};

export const importWordsEn: ImportWords = {
  kinds: {
    products: 'Products',
    clients: 'Clients',
    sales: 'Real sales (Online Retail)',
    catalogue: 'EAN catalogue',
    cabys: 'CABYS list',
  },
  fields: {
    code: 'code',
    description: 'description',
    price: 'price',
    barcode: 'barcode',
    cabys: 'CABYS',
    tax: 'tax',
    rate: 'tax',
    unit: 'unit',
    stock: 'stock',
    name: 'name',
    identificationType: 'identification type',
    identification: 'identification',
    email: 'email',
    phone: 'phone',
    address: 'address',
    notes: 'notes',
    InvoiceNo: 'InvoiceNo',
    StockCode: 'StockCode',
    Description: 'Description',
    Quantity: 'Quantity',
    InvoiceDate: 'InvoiceDate',
    UnitPrice: 'UnitPrice',
    CustomerID: 'CustomerID',
    Country: 'Country',
  },
  refusals: {
    BAD_QUOTES: 'A quote is opened and not closed as it should be.',
    WRONG_CELL_COUNT: 'It has not as many cells as the header.',
    BAD_CHARACTERS: 'It has characters that are no text.',
    TOO_LONG: 'The text is longer than there is room for.',
    MISSING_CODE: 'The code is missing.',
    DUPLICATE_CODE: 'The code stands in an earlier line.',
    EMPTY_DESCRIPTION: 'The description is missing.',
    BAD_PRICE: 'The price is not a number above zero.',
    AMBIGUOUS_PRICE: 'The mark may group thousands or begin decimals: write 1500 or 1.50.',
    NO_PRICE: 'The catalogue has no prices: give a price for the new products.',
    BAD_BARCODE:
      'Not 8, 12, 13 or 14 digits. Spreadsheets drop leading zeros: format the column as text.',
    BAD_CHECK_DIGIT: 'The check digit of the barcode is wrong.',
    DUPLICATE_BARCODE: 'The barcode stands in an earlier line.',
    BAD_CABYS: 'A CABYS code has 13 digits. Spreadsheets drop the leading zero: format as text.',
    UNKNOWN_CABYS: 'The code is not in the CABYS list that was given.',
    DUPLICATE_CABYS: 'The CABYS code stands in an earlier line.',
    BAD_TAX: 'Not a VAT rate (13, 8, 4, 2, 1, 0 or exempt).',
    BAD_UNIT: 'Not a known unit (Unid, kg, g, L, m, h, Sp).',
    BAD_STOCK: 'The stock is not a number.',
    AMBIGUOUS_STOCK: 'The mark may group thousands or begin decimals: write 1500 or 1.5.',
    STOCK_NOT_KEPT: 'A service has no stock: leave the cell empty.',
    EMPTY_NAME: 'The name is missing.',
    DUPLICATE_NAME: 'The name stands in an earlier line; without identification they are one.',
    BAD_IDENTIFICATION_TYPE: 'Not a type of identification (01, 02, 03, 04, 05).',
    BAD_IDENTIFICATION: 'The identification does not fit its type.',
    DUPLICATE_IDENTIFICATION: 'The identification stands in an earlier line.',
    BAD_EMAIL: 'Not an email address.',
    BAD_INVOICE_NUMBER: 'Not the number of an invoice or a cancellation.',
    BAD_DATE: 'Not a date with a time.',
    BAD_QUANTITY: 'The quantity fits neither a sale nor a cancellation.',
    AMBIGUOUS_CODE: 'Several products of the store have this code: correct one first.',
    BARCODE_TAKEN: 'Another product of the store has this barcode.',
    AMBIGUOUS_IDENTIFICATION:
      'Several clients of the store have this identification: correct one first.',
    AMBIGUOUS_NAME: 'Several clients of the store have this name: add the identification.',
    STOCK_ALREADY_MOVED:
      'Only the stock was not taken: the product has moved. Adjust it under Products.',
  },
  derived: {
    latestPrice: 'Products that were sold at several prices (the latest is taken): {{count}}.',
    latestDescription: 'Products with several descriptions (the latest is taken): {{count}}.',
    serviceCode: 'Codes of postage, charges and the like (services without stock): {{count}}.',
    roundedPrice: 'Prices with more than two decimals (rounded): {{count}}.',
    cancellationLine: 'Lines of cancellations (they give no price): {{count}}.',
    clientName: 'Clients of whom there is only a number (named “Cliente N”): {{count}}.',
    taxFromCabys: 'Products that, if new, take their tax from the CABYS list: {{count}}.',
    defaultPrice:
      'Products that, if new, take the given price, and their barcode as code: {{count}}.',
  },
};
