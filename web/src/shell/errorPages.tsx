import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { usePageTitle } from '../components/usePageTitle';

export function NotFoundPage() {
  const { t } = useTranslation('shell');
  usePageTitle(t('notFound.header'));
  return (
    <ContentLayout header={<Header variant="h1">{t('notFound.header')}</Header>}>
      <div role="alert">
        <Alert type="warning" action={<Button href="#/work">{t('notFound.action')}</Button>}>
          {t('notFound.text')}
        </Alert>
      </div>
    </ContentLayout>
  );
}

/** Shows what stopped a page: mostly a bug, which it says, with what to report. */
export function ErrorPage() {
  const { t } = useTranslation('shell');
  const problem = toProblem(useRouteError());
  usePageTitle(problem.title);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={<Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>}
        >
          {t('error.header')}
        </Header>
      }
    >
      <ProblemAlert error={problem} />
    </ContentLayout>
  );
}
