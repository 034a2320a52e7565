/** The rescue of what is pending on a terminal that cannot reach its server, in English. */
export const enRescue = {
  rescue: {
    title: 'Rescue',
    help: 'If this terminal cannot get to the server, save what is pending to an encrypted file and open it at another terminal of the store. It may be imported more than once: nothing is doubled.',
    make: 'Save pending to a file',
    bringIn: 'Import a rescue file',
    nothing: 'Nothing is pending on this terminal.',
    makeHelp:
      'The file holds all that is pending, encrypted. Saving it sends nothing: what is pending stays pending on this terminal.',
    save: 'Save file',
    saveAgain: 'Save the file again',
    making: 'Preparing the file…',
    made: 'File saved: {{file}}',
    key: 'Key of the file',
    keyHelp:
      'Write it down and hand it over apart from the file. It is shown once and kept nowhere; if it is lost, make another file.',
    stillPending:
      'Nothing was marked as sent. This terminal may sync by itself later: everything will be there once.',
    terminal: 'Made at',
    terminalName: 'Terminal {{number}} · {{name}}',
    madeAt: 'Date',
    content: 'Content',
    total: 'Total of the documents',
    import: 'Import',
    importing: 'Sending to the server…',
    importMissing: 'Import only what is missing',
    done: 'File imported',
    saved: 'On the server: {{count}}.',
    known: 'There already, and changed by others since: {{count}}.',
    conflict: 'In conflict: {{count}}.',
    rejected: 'Rejected: {{count}}.',
    syncToSee: 'Sync this terminal to see them here.',
    document: 'Document',
    result: 'Result',
    isSaved: 'On the server',
    isKnown: 'Was there; others have changed it since',
    isConflict:
      'The server has another version: it was not replaced. Its terminal merges them when it syncs.',
    isRejected: '{{reason}} It is still saved on its terminal.',
    passwordHelp: 'The session has expired. Type your password; the import goes on.',
  },
};
