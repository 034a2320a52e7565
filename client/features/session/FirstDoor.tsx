import { useEffect, useState } from 'react';
import { useDesk } from '../../services/use-desk';
import EnrolScreen from './EnrolScreen';
import SetupScreen from './SetupScreen';

/** What a browser that is no terminal sees: the set-up of a server without a store, else enrolment. */
export default function FirstDoor() {
  const { setup } = useDesk();
  const [needed, setNeeded] = useState<boolean | null>(null);
  const [made, setMade] = useState<string | null>(null);
  useEffect(() => {
    /* Cannot be asked? Enrolment says so itself, and asks again when it is tried. */
    setup.isNeeded().then(setNeeded, () => setNeeded(false));
  }, [setup]);
  if (needed === null) return null;
  if (!needed) return <EnrolScreen {...(made === null ? {} : { code: made })} />;
  const done = (code: string): void => {
    setMade(code);
    setNeeded(false);
  };
  return <SetupScreen onDone={done} />;
}
