import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { usePageTitle } from '../components/usePageTitle';

export function NotFoundPage() {
  const { t } = useTranslation('shell');
  usePageTitle(t('notFound.header'));
  return (
    <Alert
      type="warning"
      header={t('notFound.header')}
      action={<Button href="#/work">{t('notFound.action')}</Button>}
    >
      {t('notFound.text')}
    </Alert>
  );
}

/** Shows what stopped a page: mostly a bug, which it says, with what to report. */
export function ErrorPage() {
  const { t } = useTranslation('shell');
  const problem = toProblem(useRouteError());
  usePageTitle(problem.title);
  return (
    <>
      <ProblemAlert error={problem} />
      <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
    </>
  );
}
