import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react';
import type { Ids } from '../../../shared/ports/ids';
import { useDesk } from '../../services/use-desk';
import { type Cart, type CartEvent, cartStep, EMPTY_CART, parseCart } from './cart';

const KEY = 'draft';

/** The draft of this tab: each tab types a sale of its own, and a reload finds the same one again. */
export function currentDraft(ids: Ids): string {
  const known = sessionStorage.getItem(KEY);
  if (known !== null) return known;
  const id = ids.newId();
  sessionStorage.setItem(KEY, id);
  return id;
}

/** The cart of this tab. Every change is kept, so a reload, or a crash, brings it back. */
export function useCart(): [Cart, Dispatch<CartEvent>] {
  const { drafts, ids } = useDesk();
  const [draftId] = useState(() => currentDraft(ids));
  const [cart, dispatch] = useReducer(cartStep, EMPTY_CART);
  const [loaded, setLoaded] = useState(false);
  const writing = useRef(Promise.resolve());

  useEffect(() => {
    let alive = true;
    drafts.find(draftId).then(
      (draft) => {
        const saved = parseCart(draft?.cart);
        if (!alive) return;
        if (saved !== null) dispatch({ type: 'restore', cart: saved });
        setLoaded(true);
      },
      /* What cannot be read is not written over: this sale is typed without being kept. */
      () => undefined,
    );
    return () => {
      alive = false;
    };
  }, [drafts, draftId]);

  useEffect(() => {
    if (!loaded) return;
    const save = (): Promise<void> => drafts.save({ id: draftId, title: '', cart: { ...cart } });
    /* A draft that cannot be kept (a full disk) must not stop the sale; the next change tries again. */
    writing.current = writing.current.then(save).catch(() => undefined);
  }, [cart, drafts, draftId, loaded]);

  return [cart, dispatch];
}
