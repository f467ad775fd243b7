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
    <QueryBoundary query={scheme} label={t('scheme.theScheme')}>
      {/* The editor keeps the version that it was opened with. */}
      {(data) => <SchemeEditor key={schemeId} title={title} scheme={data} />}
    </QueryBoundary>
  );
}
