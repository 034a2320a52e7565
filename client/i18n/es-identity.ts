/** The first page of a new server, and what a terminal's identity needs, in Spanish. */
export const esIdentity = {
  setup: {
    title: 'Preparar este servidor',
    help: 'Todavía no hay ninguna sucursal. El código de instalación está en la consola del servidor: se imprimió al arrancar.',
    store: 'La sucursal',
    owner: 'La persona dueña',
    code: 'Código de instalación',
    codeWrong: 'Escriba el código que imprimió el servidor.',
    name: 'Nombre de la sucursal',
    nameWrong: 'La sucursal necesita un nombre.',
    legalName: 'Razón social',
    legalNameHelp: 'Si se deja vacía, es el nombre de la sucursal.',
    issuerId: 'Cédula del emisor',
    issuerIdWrong: 'Solo dígitos, 12 como máximo.',
    branch: 'Número de sucursal',
    branchWrong: 'Tres dígitos: 001 para la primera.',
    currency: 'Moneda',
    displayName: 'Nombre y apellidos',
    displayNameWrong: 'Así se verá en las facturas.',
    userName: 'Usuario',
    userNameWrong: 'Minúsculas sin tildes, dígitos, punto, guion o guion bajo.',
    password: 'Contraseña',
    passwordWrong: '{{min}} caracteres como mínimo.',
    again: 'La contraseña otra vez',
    againWrong: 'No es la misma.',
    save: 'Crear sucursal',
  },
  identity: {
    copied:
      'Hay otra copia de este terminal: otro navegador usa la misma identidad. Todo lo vendido se conserva, pero los consecutivos pueden repetirse. Avise a la persona dueña: hay que revocar este terminal e inscribir cada navegador con su propio código.',
    copiedChip: 'Copia detectada',
    copiedAt:
      'Dos navegadores usan esta identidad; visto {{date}}. Revóquelo e inscriba cada uno de nuevo.',
    noKey: 'Sin llave',
    noKeyHelp:
      'Se reconoce solo por su cookie: se inscribió antes de que hubiera llaves, o sin HTTPS.',
    rename: 'Cambiar nombre',
    renameTitle: 'Cambiar el nombre del terminal',
    codeLeft: 'Vence en {{time}}.',
    codeExpired: 'Venció. Pida otro código.',
  },
};
