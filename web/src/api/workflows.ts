import { queryOptions } from '@tanstack/react-query';
import { unwrapResponse, type Api } from './client';
import { workflowKeys } from './queryKeys';
import type { Workflow } from './types';

/** A workflow and the ETag of the version that was fetched. Writes send it as If-Match. */
export interface VersionedWorkflow {
  workflow: Workflow;
  etag: string;
}

export const toVersionedWorkflow = (result: { data: Workflow; response: Response }): VersionedWorkflow => ({
  workflow: result.data,
  // Some gateways don't expose the header. The ETag is the version.
  etag: result.response.headers.get('etag') ?? etagOf(result.data),
});

/** Return the ETag of a version. */
export const etagOf = ({ version }: { version: number }): string => `"${version}"`;

/** How to fetch a workflow. */
export const workflowQuery = (api: Api, workflowId: string) =>
  queryOptions({
    queryKey: workflowKeys.one(workflowId),
    queryFn: async () =>
      toVersionedWorkflow(
        await unwrapResponse(
          api.workflow.GET('/workflows/{workflowId}', { params: { path: { workflowId } } }),
        ),
      ),
  });
