import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { useGroupMembers } from '../people/queries';
import { PersonTable } from './PersonTable';

/** Lists the members of a group. */
export default function GroupPage() {
  const { name = '' } = useParams();
  const { t } = useTranslation('admin');
  usePageTitle(name);
  const members = useGroupMembers(name);
  return (
    <ContentLayout header={<Header variant="h1">{name}</Header>}>
      <SpaceBetween size="m">
        <QueryBoundary query={members} label={t('groups.theMembers')}>
          {({ items }) => (
            <PersonTable title={t('groups.members')} people={items} emptyTitle={t('groups.noMembers')} />
          )}
        </QueryBoundary>
        <LoadMore list={members} />
      </SpaceBetween>
    </ContentLayout>
  );
}
