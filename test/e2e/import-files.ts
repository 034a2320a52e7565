/* Files as a shop has them: good lines and bad ones. */

const csv = (name: string, ...lines: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\r\n')}\r\n`),
});

export const PRODUCTS_FILE = csv(
  'productos.csv',
  'codigo;descripcion;precio;codigo_barras;cabys;impuesto;unidad;existencia;proveedor',
  'I001;Café de altura 500 g;3.450,00;2990000000019;2391101000100;13;Unid;24;Finca A',
  'I002;Queso tierno;2 850,50;;;13;kg;12,5;Finca B',
  'I003;Sin precio;0;;;13;Unid;;',
  'I004;Dígito equivocado;1200;2990000000012;;13;Unid;3;',
  'I001;Repetido;1200;;;13;Unid;3;',
  'I005;Mil quinientos o uno y medio;1.500;;;13;Unid;;',
  'I006;Impuesto que no existe;900;;;7;Unid;;',
  ';Sin código;900;;;13;Unid;;',
  'I007;=HYPERLINK("http://example.com");900;;;13;Unid;;',
  'I008;CABYS corto;900;;123456;13;Unid;;',
);

export const CLIENTS_FILE = csv(
  'clientes.csv',
  'nombre,tipo_identificacion,identificacion,correo,telefono',
  'Importada Uno,fisica,1-0234-0567,uno@example.com,2222-0001',
  'Importada Dos S.A.,juridica,3-101-999888,dos@example.com,',
  'Importada Tres,fisica,12,,',
);

export const IMPORT_FILES = [
  PRODUCTS_FILE,
  CLIENTS_FILE,
  csv(
    'catalogo.csv',
    'ean13,name',
    '0000000001199,Solène céréales poulet',
    '0000000001427,Pain de maïs bio',
  ),
  { name: 'hoja.xlsx', mimeType: '', buffer: Buffer.from('504b030414000600', 'hex') },
];
