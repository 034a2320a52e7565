import type { LinkFault } from './verify-chain';

/** What is wrong with a link, in Spanish, for the screen and the command line. */
export const faultWordsEs: Record<LinkFault, string> = {
  CONTENT_CHANGED: 'El contenido no es el que se selló',
  PREVIOUS_MISSING: 'Falta la factura anterior, o no es la que esta dice seguir',
  FORKED: 'Otra factura sigue a la misma anterior',
  NUMBER_MISSING: 'Falta un consecutivo antes de esta',
  NUMBER_TWICE: 'El consecutivo ya lo tiene otra',
  SIGNATURE_WRONG: 'La firma no es la de este terminal',
  SIGNATURE_MISSING: 'No está firmada, y las anteriores sí',
  DOCUMENT_MISSING: 'El servidor la recibió y ya no está',
};

export const faultWordsEn: Record<LinkFault, string> = {
  CONTENT_CHANGED: 'The content is not what was sealed',
  PREVIOUS_MISSING: 'The invoice before it is missing, or is not the one that this one follows',
  FORKED: 'Another invoice follows the same one',
  NUMBER_MISSING: 'A consecutive before this one is missing',
  NUMBER_TWICE: 'Another invoice has this consecutive',
  SIGNATURE_WRONG: 'The signature is not this terminal’s',
  SIGNATURE_MISSING: 'It is not signed, and those before it are',
  DOCUMENT_MISSING: 'The server received it, and it is not there any more',
};
