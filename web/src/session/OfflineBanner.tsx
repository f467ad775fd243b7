import Alert from '@cloudscape-design/components/alert';
import { useTranslation } from 'react-i18next';
import './session.css';
import { useIsOnline } from './SessionProvider';

/** Says that the browser is offline, at the bottom of the window, where it moves nothing. */
export function OfflineBanner() {
  const { t } = useTranslation('session');
  const isOnline = useIsOnline();
  return (
    // Always there, because a live region is announced only if it exists before its content.
    <div role="status">{!isOnline && <Alert type="warning">{t('offline')}</Alert>}</div>
  );
}
