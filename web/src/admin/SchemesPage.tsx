import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useTranslation } from 'react-i18next';
import type { Scheme } from '../api/types';
import { EmptyState } from '../components/EmptyState';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { usePageTitle } from '../components/usePageTitle';
import { useSchemes } from '../schemes/useSchemes';
import { ApproverBadges } from '../workflows/ApproverBadges';
import { CREATE_SCHEME_HREF, schemeHref } from './hrefs';
import { useUrlText } from './useUrlText';

/** Lists the schemes. */
export default function SchemesPage() {
  const { t } = useTranslation('admin');
  usePageTitle(t('schemes.title'));
  const schemes = useSchemes();
  return (
    <QueryBoundary query={schemes} label={t('schemes.theSchemes')}>
      {(items) => <SchemeTable schemes={items} />}
    </QueryBoundary>
  );
}

function SchemeTable({ schemes }: { schemes: Scheme[] }) {
  const { t } = useTranslation('admin');
  const [query, setQuery] = useUrlText('query');
  const { items, collectionProps } = useCollection(
    schemes.filter((scheme) => matches(scheme, query)),
    { sorting: {} },
  );
  const create = (
    <Button variant="primary" href={CREATE_SCHEME_HREF}>
      {t('schemes.create')}
    </Button>
  );
  return (
    <Table
      {...collectionProps}
      variant="full-page"
      stickyHeader={false}
      items={items}
      trackBy="schemeId"
      wrapLines
      ariaLabels={{ tableLabel: t('schemes.title') }}
      header={
        <Header
          variant="h1"
          counter={`(${schemes.length})`}
          description={t('schemes.description')}
          actions={create}
        >
          {t('schemes.title')}
        </Header>
      }
      filter={
        <TextFilter
          filteringText={query}
          filteringPlaceholder={t('schemes.find')}
          filteringAriaLabel={t('schemes.find')}
          onChange={({ detail }) => setQuery(detail.filteringText)}
        />
      }
      empty={
        schemes.length === 0 ? (
          <EmptyState title={t('schemes.none')}>{t('schemes.noneDetail')}</EmptyState>
        ) : (
          <EmptyState
            title={t('schemes.noMatch')}
            action={<Button onClick={() => setQuery('')}>{t('schemes.clear')}</Button>}
          />
        )
      }
      columnDefinitions={[
        {
          id: 'name',
          header: t('schemes.name'),
          isRowHeader: true,
          sortingField: 'name',
          minWidth: 160,
          cell: ({ schemeId, name }) => <Link href={schemeHref(schemeId)}>{name}</Link>,
        },
        {
          id: 'schemeId',
          header: t('schemes.id'),
          sortingField: 'schemeId',
          minWidth: 140,
          cell: ({ schemeId }) => schemeId,
        },
        {
          id: 'approvers',
          header: t('schemes.approvers'),
          minWidth: 200,
          cell: ({ steps }) =>
            steps.map(({ stepId, approvers }) => <ApproverBadges key={stepId} approvers={approvers} />),
        },
        { id: 'version', header: t('schemes.version'), sortingField: 'version', cell: (s) => s.version },
        {
          id: 'createdAt',
          header: t('schemes.changed'),
          sortingField: 'createdAt',
          minWidth: 140,
          cell: ({ createdAt }) => <Timestamp at={createdAt} />,
        },
      ]}
    />
  );
}

/** Whether the name, the ID, or an approver of a scheme contains the text. */
function matches({ name, schemeId, steps }: Scheme, text: string): boolean {
  const approvers = steps.flatMap(({ approvers: { users, groups } }) => [
    ...groups,
    ...users.map((user) => user.name ?? ''),
  ]);
  const word = text.trim().toLowerCase();
  return [name, schemeId, ...approvers].some((each) => each.toLowerCase().includes(word));
}
