import type { NetworkFault } from '../../world/faults';
import type { Step } from '../../world/scenario/schema';
import { fieldsEs } from './fields-es';

const FAULTS: Record<NetworkFault, string> = {
  dropRequest: 'se perderá la solicitud',
  dropResponse: 'se perderá la respuesta',
  duplicate: 'la solicitud llegará dos veces',
  delay: 'la respuesta tardará mucho',
  late: 'se cortará la línea y la solicitud llegará tarde',
  truncate: 'la respuesta llegará cortada',
  silence: 'no se oirá nada',
};

const UNITS = { clients: 'clientes', products: 'productos', all: 'todo' } as const;

/** A step in a few words of Spanish; who does it is told elsewhere. */
export function stepWordsEs(step: Step): string {
  switch (step.do) {
    case 'sell': {
      const lines = Object.entries(step.lines).map(([code, quantity]) => `${quantity} ${code}`);
      return `vende ${lines.join(', ')}${step.client === undefined ? '' : ` a ${step.client}`}`;
    }
    case 'sync':
      return `sincroniza ${UNITS[step.unit]}`;
    case 'creditNote':
      return `nota de crédito de la venta ${step.of}`;
    case 'createClient':
      return `cliente nuevo: ${step.name}`;
    case 'createProduct':
      return `producto nuevo: ${step.code} a ${step.price}`;
    case 'editClient':
      return `cambia el cliente ${step.client}: ${changeWords(step.set)}`;
    case 'editProduct':
      return `cambia el producto ${step.product}: ${changeWords(step.set)}`;
    case 'adjust':
      return `ajusta ${step.product} en ${step.quantity > 0 ? '+' : ''}${step.quantity}`;
    case 'applyMine':
      return 'decide un conflicto: aplica lo suyo';
    case 'keepTheirs':
      return 'decide un conflicto: conserva lo del servidor';
    case 'sendAgain':
      return 'envía de nuevo un documento rechazado';
    case 'login':
      return step.user === undefined ? 'inicia sesión' : `${step.user} inicia sesión`;
    case 'logout':
      return 'cierra sesión';
    case 'openShift':
      return `abre la caja con ${step.cash}`;
    case 'closeShift':
      return `cierra la caja con ${step.cash}`;
    case 'offline':
      return 'se queda sin conexión';
    case 'online':
      return 'vuelve a tener conexión';
    case 'crash':
      return 'se apaga de golpe';
    case 'start':
      return 'se enciende';
    case 'reload':
      return 'vuelve a cargar la página';
    case 'reset':
      return 'se borra el perfil y se inscribe de nuevo';
    case 'install':
      return `se inscribe un terminal nuevo para ${step.user}`;
    case 'clock':
      return `su reloj se pone ${spanWords(Math.abs(step.skewMs))} ${step.skewMs < 0 ? 'atrás' : 'adelante'}`;
    case 'copyProfile':
      return `su perfil se copia a ${step.to}`;
    case 'revoke':
      return 'es revocado';
    case 'terminalDiskFull':
      return step.full ? 'su disco se llena' : 'su disco vuelve a tener espacio';
    case 'protocol':
      return `su programa habla la versión ${step.version} del protocolo`;
    case 'spoilClient':
      return `se daña el cliente ${step.client}: ${changeWords(step.set)}`;
    case 'spoilSale':
      return `se altera la venta ${step.of}: ${changeWords(step.set)}`;
    case 'crashAt':
      return `se apagará en ${step.point}${nthWords(step.nth)}`;
    case 'fault':
      return `en lo que envíe ${FAULTS[step.fault]}${step.count === undefined ? '' : `, ${step.count} veces`}${
        step.requests === undefined ? '' : ` (${step.requests})`
      }`;
    case 'setUser': {
      const role = step.role === undefined ? [] : [`rol ${step.role}`];
      const active = step.active === undefined ? [] : [step.active ? 'activo' : 'desactivado'];
      return `usuario ${step.user}: ${[...role, ...active].join(', ')}`;
    }
    case 'serverCrash':
      return 'el servidor se cae';
    case 'serverCrashAt':
      return `el servidor se caerá en ${step.point}${nthWords(step.nth)}`;
    case 'serverStop':
      return 'el servidor se detiene';
    case 'serverStart':
      return 'el servidor arranca';
    case 'serverDiskFull':
      return `el disco del servidor se llena (${step.times} veces)`;
    case 'serverBusy':
      return `el servidor está ocupado (${step.times} veces)`;
    case 'cut':
      return `el servidor archiva las facturas de hace más de ${step.days} días`;
    case 'serverEditProduct':
      return `en el servidor cambia ${step.product}: ${changeWords(step.set)}`;
    case 'serverEditClient':
      return `en el servidor cambia ${step.client}: ${changeWords(step.set)}`;
    case 'serverSchemaAhead':
      return `el servidor guarda ${step.product} con un esquema ${step.ahead ? 'más nuevo' : 'conocido'}`;
    case 'backup':
      return `se respalda el servidor: ${step.name}`;
    case 'restore':
      return `el servidor vuelve al respaldo ${step.name}`;
    case 'expireSessions':
      return 'vencen todas las sesiones';
    case 'wait':
      return `pasan ${spanWords(step.ms)}`;
    case 'settle':
      return 'se acaban los fallos; todos sincronizan hasta tenerlo todo';
  }
}

const changeWords = (change: Readonly<Record<string, unknown>>): string =>
  Object.entries(change)
    .map(
      ([field, value]) =>
        `${(fieldsEs[field] ?? field).toLowerCase()} = ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(', ');

const nthWords = (nth: number | undefined): string =>
  nth === undefined || nth === 1 ? '' : ` (vez ${nth})`;

const SPANS = [
  [365 * 24 * 3_600_000, 'años', 'año'],
  [24 * 3_600_000, 'días', 'día'],
  [3_600_000, 'horas', 'hora'],
  [60_000, 'minutos', 'minuto'],
  [1_000, 'segundos', 'segundo'],
] as const;

function spanWords(ms: number): string {
  const [size, many, one] = SPANS.find(([least]) => ms >= least) ?? [1, 'ms', 'ms'];
  const count = Math.round(ms / size);
  return `${count} ${count === 1 ? one : many}`;
}
