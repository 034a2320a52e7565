/** What waits for a person (refusals, conflicts, alerts) and the fields that are named there, in Spanish. */
export const esAttention = {
  /** Fields of documents, by their names in the schemas. */
  fields: {
    approvals: 'autorización',
    name: 'Nombre',
    description: 'Descripción',
    code: 'Código',
    barcode: 'Código de barras',
    price: 'Precio sin IVA',
    taxCode: 'Impuesto',
    unit: 'Unidad',
    cabys: 'CABYS',
    notes: 'Notas',
    email: 'Correo',
    phone: 'Teléfono',
    address: 'Dirección',
    identification: 'Identificación',
    identificationType: 'Tipo de identificación',
    active: 'Activo',
    stocked: 'Lleva existencias',
    consecutive: 'Consecutivo',
    clave: 'Clave',
    issuedAt: 'Emitido',
    client: 'Cliente',
    lines: 'Líneas',
    totals: 'Total',
    payments: 'Pagos',
    reference: 'Documento que corrige',
    userName: 'Quién',
    kind: 'Clase',
    quantity: 'Cantidad',
    reason: 'Motivo',
    productId: 'Producto',
    at: 'Cuándo',
    openedAt: 'Apertura',
    closedAt: 'Cierre',
    openingCash: 'Efectivo inicial',
    countedCash: 'Efectivo contado',
    difference: 'Diferencia',
    status: 'Estado',
  },
  attention: {
    document: 'Documento',
    correct: 'Corregir y enviar de nuevo',
    refusedFor: 'El servidor lo rechazó',
    show: 'Ver documento',
    ofField: 'Dato: {{field}}.',
    detail: 'Detalle para soporte: {{text}}',
    waiting: 'Se envía con la próxima sincronización',
    kept: 'Sigue guardado en este terminal y se ofrece de nuevo en cada sincronización.',
    immutableInvoice: 'Un documento emitido no se corrige ni se renumera.',
    immutableMovement: 'Un movimiento no se corrige.',
    immutableShift: 'Una caja no se corrige.',
    immutableApproval:
      'Que quien autorizó inicie sesión una vez con conexión; después, envíelo de nuevo.',
    immutableRole:
      'La persona dueña debe dar a quien lo hizo un rol que lo permita; después, envíelo de nuevo.',
    owner:
      'Si se rechaza otra vez, la persona dueña lo revisa con soporte. No borre los datos de este navegador.',
    needsRole:
      'Su rol no permite corregirlo: que lo haga una persona supervisora en este terminal.',
    gone: 'El documento ya no está en este terminal.',
    more: 'Hay conflictos o rechazados: véalos en la página Sincronización.',
    keptHelp:
      'El servidor conserva el valor que llegó primero. Lo suyo no se ha perdido: decida aquí.',
    alerts: 'Alertas de facturas',
    noAlerts: 'No hay alertas por atender.',
    attended: 'Atendida',
    onlyAlerts: 'Solo con alertas',
    alertTag: 'Alerta',
    whatToDo: 'Qué hacer',
  },
  /** What the server noticed of an invoice, what it means, and what to do. */
  alerts: {
    DUPLICATE_CONSECUTIVE: 'Consecutivo repetido',
    DUPLICATE_CONSECUTIVE_what:
      'Otro documento tiene este mismo consecutivo. Los dos se conservan y ninguno se renumera.',
    DUPLICATE_CONSECUTIVE_todo:
      'Vea si el perfil del navegador se copió a otro equipo: deje de usar la copia e inscríbala como terminal nuevo. Consulte con su contador cuál de los dos se declara.',
    USER_INACTIVE: 'Emitido por un usuario desactivado',
    USER_INACTIVE_what:
      'Cuando el documento llegó al servidor, quien lo emitió ya no estaba activo. La venta vale.',
    USER_INACTIVE_todo:
      'Averigüe quién vendió. Sincronice ese terminal: después de eso, ese usuario ya no puede entrar.',
    OVERSOLD: 'Se vendió más de lo que había',
    OVERSOLD_what: 'La existencia de algún producto quedó bajo cero. La venta vale.',
    OVERSOLD_todo: 'Cuente el producto y corrija con «Ajustar existencia» en Productos.',
    CHAIN_BROKEN: 'La cadena del terminal se divide',
    CHAIN_BROKEN_what:
      'Otra factura de este terminal sigue a la misma anterior. La venta vale; las dos quedan guardadas.',
    CHAIN_BROKEN_todo: 'Revise el terminal en «Verificación»: puede ser un perfil copiado.',
  },
};
