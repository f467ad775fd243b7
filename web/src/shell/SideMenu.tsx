import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useLocation } from 'react-router';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail } from '../session/user';

/** The menu, with the pages that are useful for the user. */
export function SideMenu() {
  const { pathname } = useLocation();
  const items: SideNavigationProps.Item[] = [
    { type: 'link', text: 'My work', href: '#/work' },
    { type: 'link', text: 'My inbox', href: '#/inbox' },
    { type: 'divider' },
    { type: 'link', text: 'Create workflow', href: '#/workflows/new' },
    { type: 'divider' },
    // Participants find the records of their workflows.
    { type: 'link', text: 'Audit trail', href: '#/audit' },
  ];
  if (canSearchAuditTrail(useUser())) {
    items.push(
      { type: 'link', text: 'Integrity', href: '#/integrity' },
      { type: 'link', text: 'Erasure and retention', href: '#/erasure' },
    );
  }
  return <SideNavigation activeHref={`#${pathname}`} items={items} />;
}
