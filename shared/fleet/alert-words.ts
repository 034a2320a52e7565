import type { AlertKind } from '../protocol/fleet-messages';

/** What happened, what is safe, what to do; `{{...}}` are filled in by `alert-text`. */
export interface AlertWords {
  what: Record<AlertKind, string>;
  safe: Record<AlertKind, string>;
  action: Record<AlertKind, string>;
  units: Record<'minutes' | 'hours' | 'days' | 'ahead' | 'behind' | 'unknown', string>;
}

const KEPT_ES = 'La factura está completa y guardada en ese terminal.';

/** In Spanish, for the screen and the command line. */
export const alertWordsEs: AlertWords = {
  what: {
    deadlinePassed: '{{terminal}}: una factura pendiente pasó su plazo fiscal ({{date}})',
    deadlineNear: '{{terminal}}: el plazo fiscal de una factura pendiente vence {{date}}',
    duplicateConsecutive: 'Consecutivos repetidos: {{count}} ({{names}})',
    silent: '{{terminal}}: sin contacto desde {{date}}, con {{count}} documentos pendientes',
    rejected: '{{terminal}}: documentos rechazados por el servidor: {{count}}',
    clockSkew: '{{terminal}}: su reloj está {{skew}}',
    oversold: 'Productos con existencia negativa: {{count}} ({{names}})',
    programBehind:
      '{{terminal}}: usa una versión anterior del programa ({{old}}; el servidor tiene {{new}})',
  },
  safe: {
    deadlinePassed: KEPT_ES,
    deadlineNear: KEPT_ES,
    duplicateConsecutive: 'Todas esas ventas están guardadas.',
    silent: 'Lo pendiente sigue guardado en ese terminal.',
    rejected: 'Siguen guardados en ese terminal, cada uno con su motivo.',
    clockSkew: 'Las ventas se guardan igual, con la hora de ese reloj.',
    oversold: 'Las ventas son válidas y están guardadas.',
    programBehind: 'Vende y sincroniza como siempre.',
  },
  action: {
    deadlinePassed:
      'Sincronícelo ya: Facturar > Contingencias > Sincronizar Servidor (Todo). Si no tiene conexión, saque sus pendientes a un archivo de rescate.',
    deadlineNear: 'Sincronícelo antes: Facturar > Contingencias > Sincronizar Servidor (Todo).',
    duplicateConsecutive: 'Ábralas en Facturas: la alerta de cada una dice qué hacer.',
    silent:
      'Enciéndalo, revise su conexión y sincronice. Si no puede conectarse, saque sus pendientes a un archivo de rescate.',
    rejected: 'En ese terminal, abra Sincronización: allí se corrige y se envía de nuevo.',
    clockSkew: 'Ponga ese equipo en hora; lo mejor es la hora automática.',
    oversold: 'Cuente esos productos y ajuste su existencia en Productos.',
    programBehind: 'En ese terminal, elija «Actualizar ahora» o vuelva a cargar la página.',
  },
  units: {
    minutes: '{{n}} min',
    hours: '{{n}} h',
    days: '{{n}} días',
    ahead: 'adelantado {{amount}}',
    behind: 'atrasado {{amount}}',
    unknown: 'no se sabe cuántos',
  },
};

const KEPT_EN = 'The invoice is complete and kept on that terminal.';

export const alertWordsEn: AlertWords = {
  what: {
    deadlinePassed: '{{terminal}}: a pending invoice is past its fiscal deadline ({{date}})',
    deadlineNear: '{{terminal}}: the fiscal deadline of a pending invoice is {{date}}',
    duplicateConsecutive: 'Repeated consecutives: {{count}} ({{names}})',
    silent: '{{terminal}}: no contact since {{date}}, with {{count}} documents pending',
    rejected: '{{terminal}}: documents rejected by the server: {{count}}',
    clockSkew: '{{terminal}}: its clock is {{skew}}',
    oversold: 'Products with negative stock: {{count}} ({{names}})',
    programBehind:
      '{{terminal}}: uses an older version of the program ({{old}}; the server has {{new}})',
  },
  safe: {
    deadlinePassed: KEPT_EN,
    deadlineNear: KEPT_EN,
    duplicateConsecutive: 'All of these sales are saved.',
    silent: 'What is pending is still kept on that terminal.',
    rejected: 'They are still kept on that terminal, each with its reason.',
    clockSkew: 'Sales are saved all the same, with that clock’s time.',
    oversold: 'The sales are valid and saved.',
    programBehind: 'It sells and syncs as ever.',
  },
  action: {
    deadlinePassed:
      'Sync it now: Billing > Contingencies > Sync server (all). If it has no connection, take what is pending out as a rescue file.',
    deadlineNear: 'Sync it before: Billing > Contingencies > Sync server (all).',
    duplicateConsecutive: 'Open them in Invoices: the alert of each says what to do.',
    silent:
      'Switch it on, check its connection and sync. If it cannot connect, take what is pending out as a rescue file.',
    rejected: 'On that terminal open Sync: there they are corrected and sent again.',
    clockSkew: 'Set that machine’s clock; automatic time is best.',
    oversold: 'Count these products and adjust their stock in Products.',
    programBehind: 'On that terminal choose “Update now”, or load the page again.',
  },
  units: {
    minutes: '{{n}} min',
    hours: '{{n}} h',
    days: '{{n}} days',
    ahead: '{{amount}} ahead',
    behind: '{{amount}} behind',
    unknown: 'an unknown number of',
  },
};
