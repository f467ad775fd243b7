import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n';
import { LANGUAGES } from '../i18n/language';
import { bellLabel } from '../notifications/notificationText';
import { useSession, useUser } from '../session/SessionProvider';
import { chooseTheme, THEMES, useTheme } from './theme';

/** Each language by its own name. */
const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' };

interface Props {
  stage: string;
  unreadCount: number;
  onBell: () => void;
}

/** The bar at the top, with the unread count, the settings, and the account menu. */
export function TopBar({ stage, unreadCount, onBell }: Props) {
  const { t } = useTranslation('shell');
  const { signOut } = useSession();
  const user = useUser();
  const settings = useSettingsMenu();
  return (
    <TopNavigation
      identity={{
        href: '#/',
        title: t('title'),
        // On a phone, the logo is there without the title.
        logo: { src: './countersign.svg', alt: t('home') },
      }}
      utilities={[
        {
          type: 'button',
          iconName: 'notification',
          text: unreadCount > 0 ? String(unreadCount) : undefined,
          badge: unreadCount > 0,
          ariaLabel: bellLabel(unreadCount),
          title: bellLabel(unreadCount),
          disableUtilityCollapse: true,
          onClick: onBell,
        },
        settings,
        {
          type: 'menu-dropdown',
          text: user.name,
          description: stage === 'prod' ? user.email : t('account.stage', { email: user.email, stage }),
          iconName: 'user-profile',
          ariaLabel: t('account.label', { name: user.name }),
          items: [{ id: 'sign-out', text: t('account.signOut') }],
          onItemClick: ({ detail }) => {
            if (detail.id === 'sign-out') signOut();
          },
        },
      ]}
    />
  );
}

function useSettingsMenu(): TopNavigationProps.MenuDropdownUtility {
  const { t, i18n } = useTranslation('shell');
  const theme = useTheme();
  return {
    type: 'menu-dropdown',
    iconName: 'settings',
    ariaLabel: t('settings.label'),
    title: t('settings.label'),
    items: [
      {
        id: 'languages',
        text: t('settings.language'),
        items: LANGUAGES.map((language) => ({
          itemType: 'checkbox',
          id: `language-${language}`,
          text: LANGUAGE_NAMES[language],
          lang: language,
          checked: i18n.resolvedLanguage === language,
        })),
      },
      {
        id: 'themes',
        text: t('settings.appearance'),
        items: THEMES.map((each) => ({
          itemType: 'checkbox',
          id: `theme-${each}`,
          text: t(`settings.theme.${each}`),
          checked: theme === each,
        })),
      },
    ],
    onItemClick: ({ detail: { id } }) => {
      const language = LANGUAGES.find((each) => id === `language-${each}`);
      const chosen = THEMES.find((each) => id === `theme-${each}`);
      if (language) void chooseLanguage(language);
      if (chosen) chooseTheme(chosen);
    },
  };
}
