import Flashbar from '@cloudscape-design/components/flashbar';
import { useTranslation } from 'react-i18next';
import { useFlashes } from '../components/FlashProvider';
import './shell.css';

/** More messages than this are stacked. */
const MAX_MESSAGES = 3;

/** Shows messages above the page, where they move nothing and stay while the page is scrolled. */
export function Messages() {
  const { t } = useTranslation('shell');
  const { messages } = useFlashes();
  return (
    // Without motion: a message would rest for a moment and then jump by the height of a line, and whoever had pressed the
    // mouse button on its link in the meantime would release it next to the link, which follows nothing.
    <div className="messages awsui-motion-disabled">
      <Flashbar
        items={messages}
        stackItems={messages.length > MAX_MESSAGES}
        i18nStrings={{
          ariaLabel: t('messages.label'),
          notificationBarAriaLabel: t('messages.all'),
          notificationBarText: t('messages.label'),
          infoIconAriaLabel: t('messages.info'),
          successIconAriaLabel: t('messages.success'),
          warningIconAriaLabel: t('messages.warning'),
          errorIconAriaLabel: t('messages.error'),
          inProgressIconAriaLabel: t('messages.inProgress'),
        }}
      />
    </div>
  );
}
