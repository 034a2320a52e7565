/** Words of "Export case for QA". */
export const enCases = {
  cases: {
    title: 'Case for QA',
    help: 'If something went wrong, this file takes to QA what this terminal did and what the server answered, so that it can be repeated step by step.',
    export: 'Export case for QA',
    span: 'From {{from}} to {{to}}: {{operations}} actions and {{messages}} messages with the server.',
    empty: 'This terminal has not noted anything yet.',
    contains: 'What is in the file',
    contains1:
      'The actions at this terminal: sales, edits, adjustments, notes and syncs, with their times.',
    contains2: 'Codes and descriptions of products, prices, quantities and amounts, as they are.',
    contains3:
      'The server’s answers: accepted, in conflict or rejected, and the documents that the case is about.',
    hidden: 'What goes under another name',
    hidden1:
      'Clients, users, store and terminal: names, identifications, e-mails, phones and addresses are replaced by made-up ones. The same name always gets the same stand-in, within this file only, and nobody can undo it.',
    hidden2: 'Notes, reasons and card references: not one word that was typed by hand goes out.',
    never: 'What is never in it',
    never1: 'Passwords, enrolment codes, sessions and cookies: they are not written down.',
    safe: 'Nothing is sent: the file stays on this machine, and you decide whom to give it.',
    save: 'Save file',
    saving: 'Preparing…',
    saved: 'Saved: {{name}}',
  },
};
