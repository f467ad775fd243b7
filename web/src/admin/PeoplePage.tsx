import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { MAX_QUERY_LENGTH, usePeopleList } from '../people/queries';
import { PersonTable } from './PersonTable';
import { useUrlText } from './useUrlText';

/** Lists the people who can sign in. */
export default function PeoplePage() {
  const { t } = useTranslation('admin');
  usePageTitle(t('people.title'));
  const [query, setQuery] = useUrlText('query');
  const [text, setText] = useState(query);
  const people = usePeopleList(query);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('people.description')}>
          {t('people.title')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <TextFilter
          filteringText={text}
          filteringPlaceholder={t('people.find')}
          filteringAriaLabel={t('people.find')}
          onChange={({ detail }) => setText(detail.filteringText)}
          onDelayedChange={({ detail }) => setQuery(detail.filteringText.slice(0, MAX_QUERY_LENGTH))}
        />
        <QueryBoundary query={people} label={t('people.thePeople')}>
          {({ items }) => (
            <PersonTable title={t('people.title')} people={items} emptyTitle={t('people.none')} />
          )}
        </QueryBoundary>
        <LoadMore list={people} />
      </SpaceBetween>
    </ContentLayout>
  );
}
