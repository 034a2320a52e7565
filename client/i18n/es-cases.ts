/** Words of "Exportar caso para QA". */
export const esCases = {
  cases: {
    title: 'Caso para QA',
    help: 'Si algo salió mal, este archivo lleva a QA lo que este terminal hizo y lo que el servidor respondió, para repetirlo paso a paso.',
    export: 'Exportar caso para QA',
    span: 'Del {{from}} al {{to}}: {{operations}} acciones y {{messages}} mensajes con el servidor.',
    empty: 'Este terminal todavía no tiene nada anotado.',
    contains: 'Lo que lleva el archivo',
    contains1:
      'Las acciones en este terminal: ventas, ediciones, ajustes, notas y sincronizaciones, con sus horas.',
    contains2: 'Códigos y descripciones de productos, precios, cantidades y montos, tal como son.',
    contains3:
      'Las respuestas del servidor: aceptado, en conflicto o rechazado, y los documentos de los que trata el caso.',
    hidden: 'Lo que va con otro nombre',
    hidden1:
      'Clientes, usuarios, sucursal y terminal: nombres, identificaciones, correos, teléfonos y direcciones se cambian por otros inventados. El mismo nombre recibe siempre el mismo sustituto, solo dentro de este archivo, y nadie puede deshacerlo.',
    hidden2: 'Notas, motivos y referencias de tarjetas: no va ninguna palabra escrita a mano.',
    never: 'Lo que nunca lleva',
    never1: 'Contraseñas, códigos de inscripción, sesiones ni cookies: no se anotan.',
    safe: 'Nada se envía: el archivo queda en este equipo, y usted decide a quién dárselo.',
    save: 'Guardar archivo',
    saving: 'Preparando…',
    saved: 'Guardado: {{name}}',
  },
};
