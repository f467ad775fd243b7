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

/** Hash addresses, so that any static file server can serve the console from any path. */
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
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);

function NotFoundPage() {
  return (
    <Alert
      type="warning"
      header="There is no such page"
      action={<Button href="#/work">Go to my work</Button>}
    >
      The address may be mistyped, or the page may have moved.
    </Alert>
  );
}

function ErrorPage() {
  const error = useRouteError();
  return (
    <div role="alert">
      <Alert
        type="error"
        header="This page failed"
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        {error instanceof Error ? error.message : 'Something unexpected happened.'}
      </Alert>
    </div>
  );
}
