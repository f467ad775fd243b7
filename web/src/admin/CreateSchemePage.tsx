import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../components/usePageTitle';
import { SchemeEditor } from './SchemeEditor';

/** Creates a scheme. */
export default function CreateSchemePage() {
  const { t } = useTranslation('admin');
  usePageTitle(t('form.createTitle'));
  return (
    <ContentLayout header={<Header variant="h1">{t('form.createTitle')}</Header>}>
      <SchemeEditor />
    </ContentLayout>
  );
}
