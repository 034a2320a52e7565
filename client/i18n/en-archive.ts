import type { esArchive } from './es-archive';

export const enArchive: typeof esArchive = {
  archive: {
    heldFrom: 'Invoices from {{day}} on are here. Earlier ones are on the server.',
    open: 'Find earlier ones',
    title: 'Earlier invoices',
    help: 'They are looked up on the server, with a connection. Here you can see and print them, and correct them by a note.',
    offline:
      'The server cannot be reached. Earlier invoices are stored there and are not lost. Search again when the connection is back.',
    from: 'From',
    to: 'To',
    number: 'Number',
    numberHelp: 'Running number, consecutive (20 digits) or key (50 digits)',
    badNumber: 'Type up to 10 digits, or the 20 of the consecutive, or the 50 of the key',
    none: 'The server has no such invoices.',
    onServer:
      'This invoice is on the server, not on this terminal. With a connection you can see and print it, and correct it by a note.',
    notesOffline:
      'This invoice is older than those that this terminal holds: notes about it may be on the server alone. Open it again when the connection is back to correct it.',
  },
};
