import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useParams } from 'react-router';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { useAuditRecord } from './queries';
import { RecordDetails } from './RecordDetails';

/** One audit record, for links from other pages. */
export default function RecordPage() {
  const { datasetId = '' } = useParams();
  const record = useAuditRecord(datasetId);
  usePageTitle('Audit record');
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={<Box variant="code">{datasetId}</Box>}>
          Audit record
        </Header>
      }
    >
      <QueryBoundary query={record} label="the audit record">
        {(found) => (
          <Container header={<Header variant="h2">{found.content?.title || 'Details'}</Header>}>
            <RecordDetails key={datasetId} record={found} />
          </Container>
        )}
      </QueryBoundary>
    </ContentLayout>
  );
}
