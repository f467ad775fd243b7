import TopNavigation from '@cloudscape-design/components/top-navigation';
import { useNotifications } from '../notifications/queries';
import { bellLabel } from '../notifications/notificationText';
import { useSession, useUser } from '../session/SessionProvider';

/** The bar at the top, with the unread count and the account menu. */
export function TopBar({ stage, onBell }: { stage: string; onBell: () => void }) {
  const { signOut } = useSession();
  const user = useUser();
  const { unreadCount } = useNotifications('all');
  return (
    <TopNavigation
      identity={{
        href: '#/',
        title: 'Countersign',
        logo: { src: './countersign.svg', alt: '' },
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
        {
          type: 'menu-dropdown',
          text: user.name,
          description: stage === 'prod' ? user.email : `${user.email} (stage: ${stage})`,
          iconName: 'user-profile',
          ariaLabel: `Account of ${user.name}`,
          items: [{ id: 'sign-out', text: 'Sign out' }],
          onItemClick: ({ detail }) => {
            if (detail.id === 'sign-out') signOut();
          },
        },
      ]}
    />
  );
}
