import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import type { Draft } from '../../../schemas/local';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { type Cart, parseCart } from './cart';
import { currentDraft } from './use-cart';

/** Sales that were put aside; taking one up removes it from the list. */
export function ParkedSales(props: { onTake: (cart: Cart) => void; onClose: () => void }) {
  const { drafts, ids } = useDesk();
  const { t, dateTime } = useWords();
  const [error, setError] = useState<unknown>(null);
  const [list, setList] = useState<readonly Draft[]>([]);
  useEffect(() => {
    const own = currentDraft(ids);
    /* A sale that was being typed in a tab that is gone has no title, and is offered too. */
    const subscription = drafts
      .drafts$()
      .subscribe((found) =>
        setList(
          found.filter(({ id, cart }) => id !== own && (parseCart(cart)?.lines.length ?? 0) > 0),
        ),
      );
    return () => subscription.unsubscribe();
  }, [drafts, ids]);
  return (
    <Dialog open onClose={props.onClose} aria-labelledby="parked-title">
      <DialogTitle id="parked-title">{t('sale.parked')}</DialogTitle>
      <DialogContent>
        <ErrorNotice error={error} />
        {list.length === 0 && <Typography>{t('sale.noParked')}</Typography>}
        <List>
          {list.map((draft, index) => (
            <ListItem
              key={draft.id}
              secondaryAction={
                <Button
                  variant="contained"
                  autoFocus={index === 0}
                  onClick={() => {
                    const cart = parseCart(draft.cart);
                    if (cart === null) return;
                    drafts.remove(draft.id).then(() => props.onTake(cart), setError);
                  }}
                >
                  {t('sale.takeUp')}
                </Button>
              }
            >
              <ListItemText
                primary={draft.title || t('sale.untitled')}
                secondary={dateTime(draft.updatedAt)}
              />
            </ListItem>
          ))}
        </List>
      </DialogContent>
    </Dialog>
  );
}
