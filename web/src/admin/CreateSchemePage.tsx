import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../components/usePageTitle';
import { SchemeEditor } from './SchemeEditor';

/** Creates a scheme. */
export default function CreateSchemePage() {
  const { t } = useTranslation('admin');
  usePageTitle(t('form.createTitle'));
  return <SchemeEditor title={t('form.createTitle')} />;
}
