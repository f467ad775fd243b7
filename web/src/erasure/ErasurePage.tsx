import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { usePageTitle } from '../components/usePageTitle';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail, isAdmin } from '../session/user';
import { EraseUserPanel } from './EraseUserPanel';
import { ErasureTable } from './ErasureTable';
import { HoldTable } from './HoldTable';
import { RetentionTable } from './RetentionTable';

/** Erasures, retention periods, and legal holds. Administrators change them, and auditors read them. */
export default function ErasurePage() {
  usePageTitle('Erasure and retention');
  const user = useUser();
  const canEdit = isAdmin(user);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="What is erased from the audit trail, when, and what a legal hold keeps. Every proof stays valid."
        >
          Erasure and retention
        </Header>
      }
    >
      {canSearchAuditTrail(user) ? (
        <SpaceBetween size="l">
          {canEdit && <EraseUserPanel />}
          <ErasureTable />
          <HoldTable canEdit={canEdit} />
          <RetentionTable canEdit={canEdit} />
        </SpaceBetween>
      ) : (
        <Alert type="warning" header="Only auditors and administrators can see this page">
          To have your data erased, contact an administrator.
        </Alert>
      )}
    </ContentLayout>
  );
}
