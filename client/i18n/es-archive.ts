/** Invoices that the server has and this terminal no longer. */
export const esArchive = {
  archive: {
    heldFrom: 'Aquí están las facturas desde el {{day}}. Las anteriores están en el servidor.',
    open: 'Buscar anteriores',
    title: 'Facturas anteriores',
    help: 'Se buscan en el servidor, con conexión. Aquí se pueden ver, imprimir y corregir con una nota.',
    offline:
      'No hay conexión con el servidor. Las facturas anteriores están guardadas en él y no se pierden. Cuando vuelva la conexión, busque de nuevo.',
    from: 'Desde',
    to: 'Hasta',
    number: 'Número',
    numberHelp: 'Número corrido, consecutivo (20 dígitos) o clave (50 dígitos)',
    badNumber: 'Escriba hasta 10 dígitos, o los 20 del consecutivo, o los 50 de la clave',
    none: 'El servidor no tiene facturas con esos datos.',
    onServer:
      'Esta factura está en el servidor y no en este terminal. Con conexión se puede ver, imprimir y corregir con una nota.',
    notesOffline:
      'Esta factura es anterior a las que guarda este terminal: sus notas pueden estar solo en el servidor. Cuando vuelva la conexión, ábrala de nuevo para corregirla.',
  },
};
