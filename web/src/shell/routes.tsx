import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { lazy } from 'react';
import { createHashRouter, Navigate, useRouteError } from 'react-router';
import type { Config } from '../config/config';
import { AppShell } from './AppShell';

const MyWorkPage = lazy(() => import('../work/MyWorkPage'));
const InboxPage = lazy(() => import('../inbox/InboxPage'));
const CreateWorkflowPage = lazy(() => import('../workflows/CreateWorkflowPage'));
const WorkflowPage = lazy(() => import('../workflows/WorkflowPage'));
const VerificationPage = lazy(() => import('../audit/VerificationPage'));
const AuditPage = lazy(() => import('../audit/AuditPage'));
const RecordPage = lazy(() => import('../audit/RecordPage'));
const RecordRedirect = lazy(async () => ({
  default: (await import('../audit/RecordPage')).RecordRedirect,
}));
const IntegrityPage = lazy(() => import('../integrity/IntegrityPage'));
const ErasurePage = lazy(() => import('../erasure/ErasurePage'));

/** Create the router. Routes are in the URL fragment, so that any static file server can serve the console. */
export const createRouter = (config: Config) =>
  createHashRouter([
    {
      path: '/',
      element: <AppShell config={config} />,
      errorElement: <ErrorPage />,
      children: [
        { index: true, element: <Navigate to="/work" replace /> },
        {
          errorElement: <ErrorPage />,
          children: [
            { path: 'work', element: <MyWorkPage /> },
            { path: 'inbox', element: <InboxPage /> },
            { path: 'workflows/new', element: <CreateWorkflowPage /> },
            { path: 'workflows/:workflowId', element: <WorkflowPage /> },
            { path: 'workflows/:workflowId/verification', element: <VerificationPage /> },
            { path: 'audit', element: <AuditPage /> },
            { path: 'audit/records/:datasetId', element: <RecordPage /> },
            { path: 'audit/:datasetId', element: <RecordRedirect /> },
            { path: 'integrity', element: <IntegrityPage /> },
            { path: 'erasure', element: <ErasurePage /> },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);

function NotFoundPage() {
  return (
    <Alert type="warning" header="Page not found" action={<Button href="#/work">Go to My work</Button>}>
      Check the address, or start from My work.
    </Alert>
  );
}

function ErrorPage() {
  const error = useRouteError();
  return (
    <div role="alert">
      <Alert
        type="error"
        header="Something went wrong"
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        {error instanceof Error ? error.message : 'Reload the page to continue.'}
      </Alert>
    </div>
  );
}
