import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { SimpleTable } from '../components/SimpleTable';
import { usePageTitle } from '../components/usePageTitle';
import { useGroups } from '../people/queries';
import './admin.css';
import { groupHref } from './hrefs';

/** Lists the groups. */
export default function GroupsPage() {
  const { t } = useTranslation('admin');
  usePageTitle(t('groups.title'));
  const groups = useGroups();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('groups.description')}>
          {t('groups.title')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <QueryBoundary query={groups} label={t('groups.theGroups')}>
          {({ items }) => (
            <SimpleTable
              title={t('groups.title')}
              items={items}
              trackBy="name"
              empty={<EmptyState title={t('groups.none')} />}
              columns={[
                {
                  id: 'name',
                  header: t('groups.name'),
                  minWidth: 130,
                  cell: ({ name }) => (
                    <div className="long">
                      <Link href={groupHref(name)}>{name}</Link>
                    </div>
                  ),
                },
                {
                  id: 'description',
                  header: t('groups.about'),
                  minWidth: 150,
                  cell: ({ description }) => <div className="long">{description || '–'}</div>,
                },
              ]}
            />
          )}
        </QueryBoundary>
        <LoadMore list={groups} />
      </SpaceBetween>
    </ContentLayout>
  );
}
