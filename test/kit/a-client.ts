import type { ClientInput } from '../../client/services/clients-service';

/** What a person fills in of a new client, but for what a test says of it. */
export const aNewClient = (change: Partial<ClientInput> = {}): ClientInput => ({
  name: '',
  identificationType: '',
  identification: '',
  email: '',
  phone: '',
  address: '',
  notes: '',
  active: true,
  ...change,
});
