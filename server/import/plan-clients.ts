import type { Client } from '../../schemas/clients';
import { type ImportedClient, identificationKey } from '../../shared/import/imported';
import { shownValue } from '../../shared/import/refusal';
import { emptyPlan, type Importer, type ImportPlan, planDocument } from './import-plan';
import { Known } from './known';

/**
 * Clients of the store, and what the lines are going to make of them. One is found by its identification; a line without
 * one, or a client without one, by the exact name.
 */
export function planClients(
  known: readonly Client[],
  lines: readonly ImportedClient[],
  importer: Importer,
): ImportPlan<Client> {
  const plan = emptyPlan<Client>();
  const byIdentification = new Known(known, (client) => identificationKey(client.identification));
  const byName = new Known(known, ({ name }) => name);
  const namedOnly = new Known(
    known.filter(({ identification }) => identificationKey(identification) === ''),
    ({ name }) => name,
  );
  const touched = new Set<string>();
  for (const { line, says, whenNew } of lines) {
    const { name, identification } = whenNew;
    const key = identificationKey(identification);
    const identified = byIdentification.find(key);
    const current =
      identified === undefined ? (key === '' ? byName : namedOnly).find(name) : identified;
    if (identified === null) {
      const value = shownValue(identification);
      plan.refused.push({ line, field: 'identification', code: 'AMBIGUOUS_IDENTIFICATION', value });
    } else if (current === null || (current !== undefined && touched.has(current.id))) {
      const code = current === null ? 'AMBIGUOUS_NAME' : 'DUPLICATE_NAME';
      plan.refused.push({ line, field: 'name', code, value: shownValue(name) });
    } else {
      const about = { collection: 'clients', current, says, content: whenNew } as const;
      touched.add(planDocument(plan, about, importer).id);
    }
  }
  return plan;
}
