/** The rescue of what is pending on a terminal that cannot reach its server, in Spanish. */
export const esRescue = {
  rescue: {
    title: 'Rescate',
    help: 'Si este terminal no logra llegar al servidor, guarde lo pendiente en un archivo cifrado y ábralo en otro terminal de la sucursal. Puede importarse más de una vez: nada se duplica.',
    make: 'Guardar pendientes en un archivo',
    bringIn: 'Importar archivo de rescate',
    nothing: 'No hay nada pendiente en este terminal.',
    makeHelp:
      'El archivo lleva todo lo pendiente, cifrado. Guardarlo no envía nada: lo pendiente sigue pendiente en este terminal.',
    save: 'Guardar archivo',
    saveAgain: 'Guardar el archivo otra vez',
    making: 'Preparando el archivo…',
    made: 'Archivo guardado: {{file}}',
    key: 'Clave del archivo',
    keyHelp:
      'Anótela y entréguela aparte del archivo. Se muestra una sola vez y no se guarda en ninguna parte; si se pierde, haga otro archivo.',
    stillPending:
      'Nada se ha marcado como enviado. Este terminal puede sincronizar después por su cuenta: todo quedará una sola vez.',
    terminal: 'Hecho en',
    terminalName: 'Terminal {{number}} · {{name}}',
    madeAt: 'Fecha',
    content: 'Contenido',
    total: 'Total de los documentos',
    import: 'Importar',
    importing: 'Enviando al servidor…',
    importMissing: 'Importar solo lo que falta',
    done: 'Archivo importado',
    saved: 'En el servidor: {{count}}.',
    known: 'Ya estaban, y otros los cambiaron después: {{count}}.',
    conflict: 'En conflicto: {{count}}.',
    rejected: 'Rechazados: {{count}}.',
    syncToSee: 'Sincronice este terminal para verlos aquí.',
    document: 'Documento',
    result: 'Resultado',
    isSaved: 'En el servidor',
    isKnown: 'Ya estaba; otros lo cambiaron después',
    isConflict:
      'El servidor tiene otra versión: no se reemplazó. Su terminal las une cuando sincronice.',
    isRejected: '{{reason}} Sigue guardado en su terminal.',
    passwordHelp: 'La sesión venció. Escriba su contraseña; la importación continúa.',
  },
};
