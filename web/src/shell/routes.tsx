import { lazy } from 'react';
import { createHashRouter, Navigate } from 'react-router';
import type { Config } from '../config/config';
import { AppShell } from './AppShell';
import { ErrorPage, NotFoundPage } from './errorPages';

const WorkPage = lazy(() => import('../work/WorkPage'));
const CreateWorkflowPage = lazy(() => import('../workflows/CreateWorkflowPage'));
const WorkflowPage = lazy(() => import('../workflows/WorkflowPage'));
const VerificationPage = lazy(() => import('../audit/VerificationPage'));
const AuditPage = lazy(() => import('../audit/AuditPage'));
const RecordPage = lazy(() => import('../audit/RecordPage'));
const RecordRedirect = lazy(async () => ({
  default: (await import('../audit/RecordPage')).RecordRedirect,
}));
const IntegrityPage = lazy(() => import('../integrity/IntegrityPage'));
const AdminOnly = lazy(() => import('../admin/AdminOnly'));
const SchemesPage = lazy(() => import('../admin/SchemesPage'));
const SchemePage = lazy(() => import('../admin/SchemePage'));
const CreateSchemePage = lazy(() => import('../admin/CreateSchemePage'));
const EditSchemePage = lazy(() => import('../admin/EditSchemePage'));
const PeoplePage = lazy(() => import('../admin/PeoplePage'));
const GroupsPage = lazy(() => import('../admin/GroupsPage'));
const GroupPage = lazy(() => import('../admin/GroupPage'));
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
            { path: 'work', element: <WorkPage /> },
            // The address of earlier versions.
            { path: 'inbox', element: <Navigate to="/work?view=inbox" replace /> },
            { path: 'workflows/new', element: <CreateWorkflowPage /> },
            { path: 'workflows/:workflowId', element: <WorkflowPage /> },
            { path: 'workflows/:workflowId/verification', element: <VerificationPage /> },
            { path: 'audit', element: <AuditPage /> },
            { path: 'audit/records/:datasetId', element: <RecordPage /> },
            { path: 'audit/:datasetId', element: <RecordRedirect /> },
            { path: 'integrity', element: <IntegrityPage /> },
            { path: 'erasure', element: <ErasurePage /> },
            {
              element: <AdminOnly />,
              children: [
                { path: 'admin/schemes', element: <SchemesPage /> },
                { path: 'admin/new-scheme', element: <CreateSchemePage /> },
                { path: 'admin/schemes/:schemeId', element: <SchemePage /> },
                { path: 'admin/schemes/:schemeId/edit', element: <EditSchemePage /> },
                { path: 'admin/people', element: <PeoplePage /> },
                { path: 'admin/groups', element: <GroupsPage /> },
                { path: 'admin/groups/:name', element: <GroupPage /> },
              ],
            },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
