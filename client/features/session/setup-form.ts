import { isGoodPassword } from '../../../shared/access/password-rule';
import type { SetupRequest } from '../../../shared/protocol/messages';

/** What is typed into the set-up form. */
export interface SetupForm {
  code: string;
  name: string;
  legalName: string;
  issuerId: string;
  branch: string;
  currency: string;
  displayName: string;
  userName: string;
  password: string;
  again: string;
}

export const EMPTY_SETUP: SetupForm = {
  code: '',
  name: '',
  legalName: '',
  issuerId: '',
  branch: '001',
  currency: 'CRC',
  displayName: '',
  userName: '',
  password: '',
  again: '',
};

/** As the server keeps it: whoever types a name twice need not remember a capital or a space. */
const userNameOf = (form: SetupForm): string => form.userName.trim().toLowerCase();

/** The fields that do not fit yet; those of the server's own rules, so that it need not refuse. */
export function wrongFields(form: SetupForm): ReadonlySet<keyof SetupForm> {
  const fits: Record<keyof SetupForm, boolean> = {
    code: form.code.trim().length >= 4,
    name: form.name.trim() !== '',
    legalName: true,
    issuerId: /^\d{1,12}$/.test(form.issuerId.trim()),
    branch: /^\d{3}$/.test(form.branch.trim()),
    currency: /^[A-Z]{3}$/.test(form.currency),
    displayName: form.displayName.trim() !== '',
    userName: /^[a-z0-9._-]{1,40}$/.test(userNameOf(form)),
    password: isGoodPassword(form.password),
    again: form.again === form.password,
  };
  return new Set((Object.keys(fits) as (keyof SetupForm)[]).filter((field) => !fits[field]));
}

export const setupRequest = (form: SetupForm, timeZone: string): SetupRequest => ({
  code: form.code.trim(),
  store: {
    name: form.name.trim(),
    legalName: form.legalName.trim() || form.name.trim(),
    issuerId: form.issuerId.trim(),
    branch: form.branch.trim(),
    currency: form.currency,
    timeZone,
    address: '',
    phone: '',
    email: '',
  },
  owner: {
    userName: userNameOf(form),
    displayName: form.displayName.trim(),
    password: form.password,
  },
});
