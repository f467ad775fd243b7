import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlashes } from '../components/FlashProvider';
import { wasReloaded } from './reloadOnce';

/** Says why the page was loaded again. */
export function UpdateMessage() {
  const { t } = useTranslation('session');
  const { show } = useFlashes();
  useEffect(() => {
    if (wasReloaded(window.sessionStorage)) show({ id: 'reloaded', type: 'info', content: t('reloaded') });
  }, [show, t]);
  return null;
}
