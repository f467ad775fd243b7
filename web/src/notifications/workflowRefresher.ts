import type { QueryClient } from '@tanstack/react-query';
import type { Api } from '../api/client';
import { toProblem } from '../api/problem';
import { workflowKeys } from '../api/queryKeys';
import { removeFromList, updateLists, type WorkflowPages } from '../api/workflowLists';
import { workflowQuery, type VersionedWorkflow } from '../api/workflows';

/** Fetches workflows that have changed, each version once: the lists follow what is fetched. */
export class WorkflowRefresher {
  /** The newest version of each workflow that was requested. */
  readonly #versions = new Map<string, number>();
  readonly #running = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly queryClient: QueryClient,
  ) {}

  /** Fetch the workflow unless this version is already known. Several events at the same time are one request. */
  refresh(workflowId: string, version: number) {
    if (version <= (this.#versions.get(workflowId) ?? 0) || this.#isFetched(workflowId, version)) return;
    this.#versions.set(workflowId, version);
    if (!this.#running.has(workflowId)) void this.#run(workflowId, version);
  }

  async #run(workflowId: string, version: number) {
    this.#running.add(workflowId);
    try {
      await this.queryClient.query({ ...workflowQuery(this.api, workflowId), staleTime: 0 });
    } catch (error) {
      if (toProblem(error).status === 404)
        updateLists(this.queryClient, (data) => removeFromList(data, workflowId));
      // The next event, or the next start of the live connection, fetches it again.
      else this.#versions.delete(workflowId);
    }
    this.#running.delete(workflowId);
    const newest = this.#versions.get(workflowId) ?? 0;
    // It has changed again since the request was sent.
    if (newest > version && !this.#isFetched(workflowId, newest)) await this.#run(workflowId, newest);
  }

  #isFetched(workflowId: string, version: number): boolean {
    const fetched = this.queryClient.getQueryData<VersionedWorkflow>(workflowKeys.one(workflowId));
    if (fetched) return fetched.workflow.version >= version;
    const listed = this.queryClient
      .getQueriesData<WorkflowPages>({ queryKey: workflowKeys.lists })
      .flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? [])
      .find((workflow) => workflow.workflowId === workflowId);
    return listed !== undefined && listed.version >= version;
  }
}
