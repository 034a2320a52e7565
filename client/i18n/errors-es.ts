import type { ErrorCode } from '../../shared/errors/registry';

/** What an operator reads of an error: what happened, what is safe, what to do. */
export interface ErrorWords {
  title: string;
  safe: string;
  action: string;
}

const KEPT = 'Lo vendido sigue guardado en este terminal.';
const NOTHING = 'No se emitió ni se cambió nada.';
const NO_IMPORT = 'No se importó nada de él.';
const words = (title: string, safe: string, action: string): ErrorWords => ({
  title,
  safe,
  action,
});
const DEFECT = words('El servidor no entendió la petición', KEPT, 'Avise a soporte con la hora.');

/** Every code of the registry has its words; a new code does not compile until it has. */
export const errorsEs: Record<ErrorCode, ErrorWords> = {
  BAD_REQUEST: DEFECT,
  BAD_CHECKPOINT: DEFECT,
  TOO_DEEP: DEFECT,
  NOT_FOUND: words('No se encontró', NOTHING, 'Vuelva a intentarlo desde la lista.'),
  UNKNOWN_COLLECTION: DEFECT,
  METHOD_NOT_ALLOWED: DEFECT,
  ID_MISMATCH: DEFECT,
  BODY_TOO_LARGE: words('El envío es demasiado grande', KEPT, 'Avise a soporte.'),
  PROTOCOL_MISMATCH: words(
    'Este terminal necesita actualizarse',
    KEPT,
    'Vuelva a cargar la página con conexión.',
  ),
  EPOCH_CHANGED: words(
    'El servidor fue restaurado',
    KEPT,
    'Sincronice otra vez: se envía lo que falte.',
  ),
  TERMINAL_UNKNOWN: words(
    'El servidor no reconoce este terminal',
    KEPT,
    'Pida a la persona dueña un código nuevo.',
  ),
  SETUP_DONE: words(
    'Este servidor ya tiene sucursal',
    NOTHING,
    'Vuelva a cargar la página e inscriba este navegador con un código de la persona dueña.',
  ),
  CREDENTIAL_LOST: words(
    'El navegador perdió la credencial de este terminal',
    KEPT,
    'Escriba su contraseña: el terminal recibe una nueva.',
  ),
  TERMINAL_PROOF_FAILED: words(
    'Este terminal no pudo demostrar quién es',
    KEPT,
    'Vuelva a intentarlo; si sigue igual, avise a la persona dueña.',
  ),
  TERMINAL_REVOKED: words(
    'Este terminal fue revocado',
    'Lo pendiente sigue en este terminal; lo que llegó al servidor quedó apartado para la persona dueña.',
    'Hable con la persona dueña.',
  ),
  QUARANTINE_FULL: words(
    'El terminal fue revocado, y en el servidor ya no cabe lo que envía',
    'No quedó apartado en el servidor: lo pendiente sigue solo en el terminal.',
    'No borre los datos de ese terminal y avise a la persona dueña.',
  ),
  CODE_INVALID: words(
    'El código no sirve, ya se usó o venció',
    NOTHING,
    'Pida uno nuevo a la persona dueña.',
  ),
  USER_NAME_TAKEN: words(
    'Ese nombre de usuario ya existe',
    NOTHING,
    'Elija otro: un nombre no se da dos veces, ni el de una persona desactivada.',
  ),
  PASSWORD_TOO_SHORT: words(
    'La contraseña es demasiado corta',
    NOTHING,
    'Use 8 caracteres o más, o deje que se genere una.',
  ),
  LAST_OWNER: words(
    'No quedaría ninguna persona dueña',
    NOTHING,
    'Debe quedar una persona dueña activa y sin límite de terminales: nombre primero a otra.',
  ),
  TERMINAL_NOT_ALLOWED: words(
    'Este usuario no puede entrar en este terminal',
    NOTHING,
    'Entre en uno de los terminales que tiene permitidos, o hable con la persona dueña.',
  ),
  APPROVAL_FAILED: words(
    'No se autorizó',
    NOTHING,
    'Revise el usuario y la contraseña; quien autoriza debe ser supervisor o la persona dueña.',
  ),
  LOGIN_FAILED: words('Usuario o contraseña incorrectos', NOTHING, 'Escríbalos de nuevo.'),
  SESSION_EXPIRED: words('La sesión venció', KEPT, 'Escriba su contraseña para continuar.'),
  FORBIDDEN: words(
    'Su rol no permite esto',
    NOTHING,
    'Pida a una persona supervisora que lo haga.',
  ),
  TOO_MANY_REQUESTS: words('Demasiados intentos seguidos', NOTHING, 'Espere unos minutos.'),
  SERVER_BUSY: words(
    'El servidor está ocupado: muchos terminales sincronizan a la vez',
    KEPT,
    'Espere unos minutos y sincronice otra vez; mientras tanto puede seguir vendiendo.',
  ),
  STORE_BUSY: words('El servidor está ocupado', KEPT, 'Espere un momento y reintente.'),
  DATABASE_URL_BAD: words(
    'El servidor está mal configurado',
    KEPT,
    'Avise a quien lo administra: DATABASE_URL no se puede leer.',
  ),
  SERVER_BEHIND: words(
    'El servidor que respondió todavía no está actualizado',
    KEPT,
    'Espere unos minutos y sincronice otra vez; este terminal ya tiene la versión nueva.',
  ),
  SHUTTING_DOWN: words('El servidor se está deteniendo', KEPT, 'Espere un momento y reintente.'),
  INTERNAL: words('Algo falló', KEPT, 'Reintente; si sigue, avise a soporte con la hora.'),
  INVALID_DOCUMENT: words(
    'El documento tiene un dato que no corresponde',
    NOTHING,
    'Corrija el dato y guarde de nuevo.',
  ),
  DELETE_NOT_ALLOWED: words('Los documentos no se borran', KEPT, 'Márquelo como inactivo.'),
  READ_ONLY_COLLECTION: words(
    'Estos datos solo se cambian en el servidor',
    KEPT,
    'Hable con la persona dueña.',
  ),
  ROLE_NOT_ALLOWED: words(
    'El rol de quien lo hizo no lo permite',
    KEPT,
    'Que una persona supervisora lo envíe desde aquí.',
  ),
  DOCUMENT_IMMUTABLE: words(
    'Un documento emitido no cambia',
    KEPT,
    'Emita una nota que lo corrija.',
  ),
  FOREIGN_TERMINAL: words(
    'El documento es de otro terminal',
    KEPT,
    'Envíelo desde el terminal que lo hizo.',
  ),
  TOTALS_MISMATCH: words(
    'Los montos no corresponden a las líneas',
    KEPT,
    'Avise a soporte; no lo borre.',
  ),
  NUMBER_MISMATCH: words(
    'El consecutivo o la clave no corresponden',
    KEPT,
    'Avise a soporte; no lo borre.',
  ),
  CHAIN_MISMATCH: words(
    'El documento fue alterado después de emitirse',
    KEPT,
    'Avise a la persona dueña.',
  ),
  SIGNATURE_MISSING: words(
    'Al documento le falta la firma de este terminal, cuya llave no respondió',
    KEPT,
    'Vuelva a sincronizar: se firma al enviarlo. Si sigue igual, cierre y abra el navegador.',
  ),
  DUPLICATE_CODE: words('Otro producto tiene este código', NOTHING, 'Use otro código.'),
  FILE_NOT_TABLE: words(
    'El archivo no es un CSV',
    NO_IMPORT,
    'En la hoja de cálculo use «Guardar como» y elija CSV (UTF-8).',
  ),
  FILE_KIND_UNKNOWN: words(
    'No se reconoce qué contiene el archivo',
    NO_IMPORT,
    'Revise la línea de encabezados: abajo están los que se entienden.',
  ),
  FILE_HEADER_BAD: words(
    'Falta una columna, o una está repetida',
    NO_IMPORT,
    'Corrija la línea de encabezados y elija el archivo otra vez.',
  ),
  FILE_TOO_LARGE: words(
    'El archivo es demasiado grande',
    NO_IMPORT,
    'Divídalo en partes, cada una con la línea de encabezados.',
  ),
  NETWORK: words(
    'No hay conexión con el servidor',
    KEPT,
    'Revise la conexión y reintente; puede seguir vendiendo.',
  ),
  TIMEOUT: words('El servidor no respondió a tiempo', KEPT, 'Reintente: sigue donde iba.'),
  CANCELLED: words('Se canceló', KEPT, 'Sincronice otra vez cuando quiera: sigue donde iba.'),
  SYNC_BUSY: words(
    'Otra pestaña de este terminal está sincronizando',
    KEPT,
    'Espere a que termine.',
  ),
  BAD_RESPONSE: words(
    'La respuesta no vino del servidor de Mostrador',
    KEPT,
    'Revise la red (¿portal de acceso?) y reintente.',
  ),
  SCHEMA_AHEAD: words(
    'El servidor es más nuevo que este terminal',
    'No se descartó nada.',
    'Vuelva a cargar la página para actualizar.',
  ),
  STILL_PENDING: words('Quedaron documentos sin confirmar', KEPT, 'Sincronice otra vez.'),
  STORAGE_FULL: words(
    'El navegador no pudo guardar',
    'No se emitió nada ni se tomó un consecutivo.',
    'Libere espacio en este equipo y repita.',
  ),
  STORAGE_NOT_KEPT: words(
    'El navegador no promete conservar los datos de este terminal',
    'El código no se ha gastado.',
    'Use una ventana normal e instale Mostrador como aplicación.',
  ),
  DOCUMENT_TOO_LARGE: words('El documento es demasiado grande', NOTHING, 'Acórtelo o divídalo.'),
  OFFLINE_LOGIN_FAILED: words(
    'Usuario o contraseña incorrectos (sin conexión)',
    NOTHING,
    'Escríbalos de nuevo, o entre con conexión.',
  ),
  OFFLINE_LOGIN_WAIT: words(
    'Demasiadas contraseñas equivocadas sin conexión',
    KEPT,
    'Espere un minuto como máximo y vuelva a intentarlo, o inicie sesión con conexión.',
  ),
  OFFLINE_LOGIN_EXPIRED: words(
    'Pasó el límite para entrar sin conexión',
    KEPT,
    'Entre con conexión. Revise también el reloj del equipo.',
  ),

  RESCUE_DAMAGED: words(
    'No es un archivo de rescate, o llegó dañado o cortado',
    'No se importó nada; lo que estaba pendiente sigue en su terminal.',
    'Cópielo otra vez desde donde se hizo, o haga otro en ese terminal.',
  ),
  RESCUE_TOO_NEW: words(
    'El archivo de rescate es de una versión más nueva',
    'No se importó nada.',
    'Vuelva a cargar la página para actualizar este terminal y ábralo de nuevo.',
  ),
  RESCUE_WRONG_KEY: words(
    'La clave no abre este archivo, o alguien lo alteró',
    'No se importó nada; lo que estaba pendiente sigue en su terminal.',
    'Compare la clave con la que se anotó al hacer el archivo. Si se perdió, haga otro archivo en ese terminal.',
  ),
  RESCUE_EMPTY: words(
    'No hay nada pendiente en este terminal',
    'El servidor ya confirmó todo lo que se hizo aquí.',
    'No hace falta un archivo.',
  ),
  RESCUE_FOREIGN: words(
    'El archivo es de otra sucursal',
    'No se importó nada; lo que estaba pendiente sigue en su terminal.',
    'Ábralo en un terminal de la sucursal donde se hizo.',
  ),
  RESCUE_PROOF_FAILED: words(
    'La firma del archivo no es de su terminal, o no es de estos documentos',
    'Lo que no se importó sigue en su terminal.',
    'Haga el archivo otra vez en su terminal; si sigue igual, avise a la persona dueña.',
  ),
  RESCUE_OLD_EPOCH: words(
    'El servidor se restauró de una copia después de hacerse el archivo',
    'No se importó nada; lo que estaba pendiente sigue en su terminal.',
    'Si ese terminal puede sincronizar, hágalo allí. Si no, importe solo lo que falta: nada del servidor se reemplaza.',
  ),
  RESCUE_REVOKED: words(
    'La persona dueña revocó el terminal que hizo el archivo',
    'No se importó nada; el contenido quedó apartado en el servidor para la persona dueña.',
    'Avise a la persona dueña.',
  ),
};
