import type { esIdentity } from './es-identity';

export const enIdentity: typeof esIdentity = {
  setup: {
    title: 'Set up this server',
    help: 'There is no store yet. The set-up code stands in the console of the server, which printed it when it started.',
    store: 'The store',
    owner: 'The owner',
    code: 'Set-up code',
    codeWrong: 'Type the code that the server printed.',
    name: 'Name of the store',
    nameWrong: 'The store needs a name.',
    legalName: 'Legal name',
    legalNameHelp: 'Left empty, it is the name of the store.',
    issuerId: 'Identification of the issuer',
    issuerIdWrong: 'Digits only, 12 at most.',
    branch: 'Number of the branch',
    branchWrong: 'Three digits: 001 for the first one.',
    currency: 'Currency',
    displayName: 'Full name',
    displayNameWrong: 'This is what invoices will say.',
    userName: 'User',
    userNameWrong: 'Small letters without accents, digits, dot, hyphen or underscore.',
    password: 'Password',
    passwordWrong: '{{min}} characters at least.',
    again: 'The password again',
    againWrong: 'Not the same.',
    save: 'Create the store',
  },
  identity: {
    copied:
      'There is another copy of this terminal: another browser uses the same identity. All that was sold is kept, but consecutives may repeat. Tell the owner: this terminal has to be revoked, and each browser enrolled with a code of its own.',
    copiedChip: 'Copy noticed',
    copiedAt:
      'Two browsers use this identity; seen {{date}}. Revoke it, and enrol each of them anew.',
    noKey: 'No key',
    noKeyHelp:
      'Known by its cookie only: it was enrolled before there were keys, or without HTTPS.',
    rename: 'Rename',
    renameTitle: 'Rename the terminal',
    codeLeft: 'Expires in {{time}}.',
    codeExpired: 'It has expired. Ask for another code.',
  },
};
