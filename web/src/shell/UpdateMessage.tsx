import { useEffect } from 'react';
import { useFlashes } from '../components/FlashProvider';
import text from '../session/messages/en';
import { wasReloaded } from './reloadOnce';

/** Says why the page was loaded again. */
export function UpdateMessage() {
  const { show } = useFlashes();
  useEffect(() => {
    if (wasReloaded(window.sessionStorage)) show({ id: 'reloaded', type: 'info', content: text.reloaded });
  }, [show]);
  return null;
}
