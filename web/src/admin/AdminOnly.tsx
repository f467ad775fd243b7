import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { usePageTitle } from '../components/usePageTitle';
import { useUser } from '../session/SessionProvider';
import { isAdmin } from '../session/user';

/** Shows the pages below it to administrators. The service decides what a user can read and change. */
export default function AdminOnly() {
  return isAdmin(useUser()) ? <Outlet /> : <NotAllowed />;
}

function NotAllowed() {
  const { t } = useTranslation('admin');
  usePageTitle(t('title'));
  return (
    <ContentLayout header={<Header variant="h1">{t('title')}</Header>}>
      <div role="alert">
        <Alert type="warning" header={t('adminsOnly.header')}>
          {t('adminsOnly.detail')}
        </Alert>
      </div>
    </ContentLayout>
  );
}
