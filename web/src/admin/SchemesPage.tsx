import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
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
import './admin.css';
import { CREATE_SCHEME_HREF, schemeHref } from './hrefs';
import { useUrlText } from './useUrlText';

/** How many groups and people the list names. */
const NAMED_APPROVERS = 3;

/** Lists the schemes. */
export default function SchemesPage() {
  const { t } = useTranslation('admin');
  usePageTitle(t('schemes.title'));
  const schemes = useSchemes();
  const create = (
    <Button variant="primary" href={CREATE_SCHEME_HREF}>
      {t('schemes.create')}
    </Button>
  );
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={schemes.data && `(${schemes.data.length})`}
          description={t('schemes.description')}
          actions={create}
        >
          {t('schemes.title')}
        </Header>
      }
    >
      <QueryBoundary query={schemes} label={t('schemes.theSchemes')}>
        {(items) => <SchemeTable schemes={items} />}
      </QueryBoundary>
    </ContentLayout>
  );
}

function SchemeTable({ schemes }: { schemes: Scheme[] }) {
  const { t } = useTranslation('admin');
  const [query, setQuery] = useUrlText('query');
  const { items, collectionProps } = useCollection(
    schemes.filter((scheme) => matches(scheme, query)),
    { sorting: {} },
  );
  return (
    <Table
      {...collectionProps}
      items={items}
      trackBy="schemeId"
      wrapLines
      ariaLabels={{ tableLabel: t('schemes.title') }}
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
          minWidth: 150,
          cell: ({ schemeId, name }) => (
            <div className="long">
              <Link href={schemeHref(schemeId)}>{name}</Link>
            </div>
          ),
        },
        {
          id: 'approvers',
          header: t('schemes.approvers'),
          minWidth: 160,
          cell: ({ steps }) =>
            steps.map(({ stepId, approvers }) => <SomeApprovers key={stepId} {...approvers} />),
        },
        {
          id: 'schemeId',
          header: t('schemes.id'),
          sortingField: 'schemeId',
          minWidth: 140,
          cell: ({ schemeId }) => <div className="long">{schemeId}</div>,
        },
        {
          id: 'version',
          header: t('schemes.version'),
          sortingField: 'version',
          minWidth: 100,
          cell: ({ version }) => version,
        },
        {
          id: 'createdAt',
          header: t('schemes.changed'),
          sortingField: 'createdAt',
          minWidth: 150,
          cell: ({ createdAt }) => <Timestamp at={createdAt} />,
        },
      ]}
    />
  );
}

/** Names the first approvers, and counts the others. */
function SomeApprovers({ groups, users }: Scheme['steps'][number]['approvers']) {
  const { t } = useTranslation('admin');
  const named = {
    groups: groups.slice(0, NAMED_APPROVERS),
    users: users.slice(0, Math.max(0, NAMED_APPROVERS - groups.length)),
  };
  const others = groups.length + users.length - named.groups.length - named.users.length;
  return (
    <div className="long">
      <ApproverBadges approvers={named} />
      {others > 0 && <Box variant="small">{t('schemes.otherApprovers', { count: others })}</Box>}
    </div>
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
