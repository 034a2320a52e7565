import type { AnyDocument } from '../../schemas/registry';

/** Words by which a person knows a document, for lists of conflicts and refusals. */
export function titleOf(document: AnyDocument): string {
  if ('consecutive' in document) return document.consecutive;
  if ('description' in document) return `${document.code} ${document.description}`;
  if ('name' in document) return document.name;
  if ('displayName' in document) return document.displayName;
  if ('reason' in document) return document.reason;
  if ('openedAt' in document) return document.openedAt;
  return document.id;
}
