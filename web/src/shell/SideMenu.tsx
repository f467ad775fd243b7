import Badge from '@cloudscape-design/components/badge';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail, isAdmin } from '../session/user';
import { useWorkflowList } from '../work/queries';
import { hrefOf, readWorkUrl, VIEWS } from '../work/workUrl';

/** The menu, with the pages that are useful for the user. */
export function SideMenu() {
  const { t } = useTranslation('shell');
  const { t: tWork } = useTranslation('work');
  const { pathname, search } = useLocation();
  const user = useUser();
  const inbox = useWorkflowList('inbox');
  const count = inbox.data?.items.length ?? 0;
  const badge = tWork(inbox.hasMore ? 'countOrMore' : 'count', { count });

  const items: SideNavigationProps.Item[] = VIEWS.map((view) => ({
    type: 'link',
    text: tWork(`views.${view}`),
    href: hrefOf({ view }),
    info: view === 'inbox' && count > 0 ? <Badge color="blue">{badge}</Badge> : undefined,
  }));
  items.push({ type: 'divider' }, { type: 'link', text: t('menu.create'), href: '#/workflows/new' });
  // Participants find the records of their workflows.
  items.push({ type: 'divider' }, { type: 'link', text: t('menu.audit'), href: '#/audit' });
  if (canSearchAuditTrail(user)) {
    items.push(
      { type: 'link', text: t('menu.integrity'), href: '#/integrity' },
      { type: 'link', text: t('menu.erasure'), href: '#/erasure' },
    );
  }
  if (isAdmin(user)) {
    items.push(
      { type: 'divider' },
      { type: 'link', text: t('menu.schemes'), href: '#/admin/schemes' },
      { type: 'link', text: t('menu.people'), href: '#/admin/people' },
      { type: 'link', text: t('menu.groups'), href: '#/admin/groups' },
    );
  }
  // A page below one of the menu, such as a scheme below the schemes, belongs to it.
  const parent = items.find((item) => item.type === 'link' && `#${pathname}`.startsWith(`${item.href}/`));
  const activeHref =
    pathname === '/work'
      ? hrefOf({ view: readWorkUrl(new URLSearchParams(search)).view })
      : parent?.type === 'link'
        ? parent.href
        : `#${pathname}`;
  return <SideNavigation activeHref={activeHref} items={items} />;
}
