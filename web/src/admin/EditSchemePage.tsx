import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { useScheme } from '../schemes/useScheme';
import { SchemeEditor } from './SchemeEditor';

/** Changes a scheme by adding a version. */
export default function EditSchemePage() {
  const { schemeId = '' } = useParams();
  const { t } = useTranslation('admin');
  const scheme = useScheme(schemeId);
  const title = t('form.editTitle', { name: scheme.data?.name ?? schemeId });
  usePageTitle(title);
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <QueryBoundary query={scheme} label={t('scheme.theScheme')}>
        {/* The editor keeps the version that it was opened with. */}
        {(data) => <SchemeEditor key={schemeId} scheme={data} />}
      </QueryBoundary>
    </ContentLayout>
  );
}
