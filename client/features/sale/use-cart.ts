import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react';
import { useDesk } from '../../services/use-desk';
import { type Cart, type CartEvent, cartStep, EMPTY_CART, parseCart } from './cart';

/** The draft that holds the sale being typed; parked sales have ids of their own. */
export const CURRENT_DRAFT = '00000000-0000-4000-8000-000000000001';

/** The cart of this terminal. Every change is kept, so a reload, or a crash, brings it back. */
export function useCart(): [Cart, Dispatch<CartEvent>] {
  const { drafts } = useDesk();
  const [cart, dispatch] = useReducer(cartStep, EMPTY_CART);
  const [loaded, setLoaded] = useState(false);
  const writing = useRef(Promise.resolve());

  useEffect(() => {
    let alive = true;
    void drafts.find(CURRENT_DRAFT).then((draft) => {
      const saved = parseCart(draft?.cart);
      if (!alive) return;
      if (saved !== null) dispatch({ type: 'load', cart: saved });
      setLoaded(true);
    });
    return () => {
      alive = false;
    };
  }, [drafts]);

  useEffect(() => {
    if (!loaded) return;
    const save = (): Promise<void> =>
      drafts.save({ id: CURRENT_DRAFT, title: '', cart: { ...cart } });
    writing.current = writing.current.then(save, save);
  }, [cart, drafts, loaded]);

  return [cart, dispatch];
}
