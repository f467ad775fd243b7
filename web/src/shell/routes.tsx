import { lazy, type ComponentType } from 'react';
import { createHashRouter, Navigate } from 'react-router';
import type { Config } from '../config/config';
import { loadAllMessages } from '../i18n';
import { AppShell } from './AppShell';
import { ErrorPage, NotFoundPage } from './errorPages';

const WorkPage = lazy(() => import('../work/WorkPage'));

/** A page with its messages, in files of their own. */
const page = (load: () => Promise<{ default: ComponentType }>) =>
  lazy(async () => (await Promise.all([load(), loadAllMessages()]))[0]);

const CreateWorkflowPage = page(() => import('../workflows/CreateWorkflowPage'));
const WorkflowPage = page(() => import('../workflows/WorkflowPage'));
const VerificationPage = page(() => import('../audit/VerificationPage'));
const AuditPage = page(() => import('../audit/AuditPage'));
const RecordPage = page(() => import('../audit/RecordPage'));
const RecordRedirect = page(async () => ({
  default: (await import('../audit/RecordPage')).RecordRedirect,
}));
const IntegrityPage = page(() => import('../integrity/IntegrityPage'));
const AdminOnly = page(() => import('../admin/AdminOnly'));
const SchemesPage = page(() => import('../admin/SchemesPage'));
const SchemePage = page(() => import('../admin/SchemePage'));
const CreateSchemePage = page(() => import('../admin/CreateSchemePage'));
const EditSchemePage = page(() => import('../admin/EditSchemePage'));
const PeoplePage = page(() => import('../admin/PeoplePage'));
const GroupsPage = page(() => import('../admin/GroupsPage'));
const GroupPage = page(() => import('../admin/GroupPage'));
const ErasurePage = page(() => import('../erasure/ErasurePage'));

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
