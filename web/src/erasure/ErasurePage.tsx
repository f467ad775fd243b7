import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../components/usePageTitle';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail, isAdmin } from '../session/user';
import { EraseUserPanel } from './EraseUserPanel';
import { ErasureTable } from './ErasureTable';
import { HoldTable } from './HoldTable';
import { RetentionTable } from './RetentionTable';

/** Erasures, retention periods, and legal holds. Administrators change them, and auditors read them. */
export default function ErasurePage() {
  const { t } = useTranslation('erasure');
  usePageTitle(t('title'));
  const user = useUser();
  const canEdit = isAdmin(user);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('description')}>
          {t('title')}
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
        <Alert type="warning" header={t('staffOnly.header')}>
          {t('staffOnly.detail')}
        </Alert>
      )}
    </ContentLayout>
  );
}
