import Drawer from '@cloudscape-design/components/drawer';
import { useTranslation } from 'react-i18next';
import { NotificationPanel, type NotificationPanelProps } from '../notifications/NotificationPanel';

/** The side panel with the user's notifications. */
export function NotificationDrawer(props: NotificationPanelProps) {
  const { t } = useTranslation('shell');
  return (
    <Drawer header={<h2>{t('panels.notifications')}</h2>}>
      <NotificationPanel {...props} />
    </Drawer>
  );
}
