import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Client } from '../../../schemas/clients';
import type { Product } from '../../../schemas/products';
import type { AnyDocument } from '../../../schemas/registry';
import { AppError } from '../../../shared/errors/app-error';
import { useWords } from '../../i18n/use-words';
import type { Refusal } from '../../services/attention-service';
import { useDesk, useSubject } from '../../services/use-desk';
import { ClientDialog } from '../clients/ClientDialog';
import { ProductDialog } from '../products/ProductDialog';
import { ErrorNotice } from '../session/ErrorNotice';
import { DocumentDialog } from './DocumentDialog';
import { RejectedEntry } from './RejectedEntry';
import { Section } from './Section';
import { useRefusalWords } from './use-refusal-words';

interface Open {
  refusal: Refusal;
  document: AnyDocument;
  /** In its editor, to be corrected; else only to be looked at. */
  isEdited: boolean;
}

/** What the server refused, why in words, and what can be done; the document is still here, pending. */
export function RejectedList({ rejected }: { rejected: readonly Refusal[] | null }) {
  const { attention, sync, session } = useDesk();
  const state = useSubject(session.state$);
  const { t } = useWords();
  const words = useRefusalWords();
  const [open, setOpen] = useState<Open | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (state.kind !== 'signedIn') return null;

  const show = async (refusal: Refusal, isEdited: boolean): Promise<void> => {
    setError(null);
    const document = await attention.document(refusal);
    if (document === null) throw new AppError('NOT_FOUND', { id: refusal.documentId });
    setOpen({ refusal, document, isEdited });
  };
  const sendAgain = async (refusal: Refusal): Promise<void> => {
    setError(null);
    await attention.sendAgain(refusal.id);
    sync.send(syncOf(refusal.collectionName));
  };
  const close = (): void => setOpen(null);
  /** Saved under a new edit: the refusal is gone, and the sync that sends it is offered at once. */
  const corrected = (refusal: Refusal): void => {
    close();
    sync.send(syncOf(refusal.collectionName));
  };

  return (
    <Section title={t('syncPage.rejectedTitle')}>
      {rejected === null && <Typography>{t('app.unknown')}</Typography>}
      {rejected?.length === 0 && (
        <Typography color="textSecondary">{t('syncPage.noRejected')}</Typography>
      )}
      <ErrorNotice error={error} />
      <Box sx={{ display: 'grid', gap: 2 }}>
        {rejected?.map((refusal) => (
          <RejectedEntry
            key={refusal.id}
            refusal={refusal}
            role={state.user.role}
            onCorrect={() => show(refusal, true).catch(setError)}
            onShow={() => show(refusal, false).catch(setError)}
            onSendAgain={() => sendAgain(refusal).catch(setError)}
          />
        ))}
      </Box>
      {open !== null && !open.isEdited && (
        <DocumentDialog document={open.document} onClose={close} />
      )}
      {open?.isEdited === true && open.refusal.collectionName === 'clients' && (
        <ClientDialog
          client={open.document as Client}
          refusedFor={words(open.refusal).reason}
          onClose={close}
          onSaved={() => corrected(open.refusal)}
        />
      )}
      {open?.isEdited === true && open.refusal.collectionName === 'products' && (
        <ProductDialog
          product={open.document as Product}
          readOnly={false}
          refusedFor={words(open.refusal).reason}
          onClose={close}
          onSaved={() => corrected(open.refusal)}
          onAdjust={null}
        />
      )}
    </Section>
  );
}

/** The sync that sends a collection, asked of the operator as from the menu. */
const syncOf = (collectionName: string) => {
  if (collectionName === 'clients') return { type: 'askSingle', unit: 'clients' } as const;
  return collectionName === 'products' || collectionName === 'movements'
    ? ({ type: 'askSingle', unit: 'products' } as const)
    : ({ type: 'askAll' } as const);
};
