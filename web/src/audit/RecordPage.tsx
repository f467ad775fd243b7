import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { useAuditRecord } from './queries';
import { RecordDetails } from './RecordDetails';

/** One audit record, for links from other pages. */
export default function RecordPage() {
  const { t } = useTranslation('audit');
  const { datasetId = '' } = useParams();
  const record = useAuditRecord(datasetId);
  usePageTitle(t('record.title'));
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={<Box variant="code">{datasetId}</Box>}
          actions={<Button href="#/audit">{t('record.search')}</Button>}
        >
          {t('record.title')}
        </Header>
      }
    >
      <QueryBoundary query={record} label={t('loading.record')}>
        {(found) => (
          <Container header={<Header variant="h2">{found.content?.title || t('record.details')}</Header>}>
            <RecordDetails key={datasetId} record={found} />
          </Container>
        )}
      </QueryBoundary>
    </ContentLayout>
  );
}

/** The address that records had before `/audit/records/`. */
export function RecordRedirect() {
  const { datasetId = '' } = useParams();
  return <Navigate to={`/audit/records/${encodeURIComponent(datasetId)}`} replace />;
}
