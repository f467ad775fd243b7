import { useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import i18next from 'i18next';
import { useApi } from '../api/ApiProvider';
import { expectSuccess, unwrapData } from '../api/client';
import { useIdempotencyKeys } from '../api/idempotencyKeys';
import type { Erasure, ErasurePreview, ErasureRequest, Hold } from '../api/types';
import { useCursorList } from '../api/useCursorList';
import { useOutcomeMessages } from '../components/useOutcomeMessages';
import { formatDays } from './retentionPeriod';
import { isRunning } from './labels';

/** How often the list is updated while an erasure runs (ms). */
const RUNNING_REFETCH_MS = 5_000;

export const erasureKeys = {
  erasures: ['erasure', 'erasures'] as const,
  retention: ['erasure', 'retention'] as const,
  holds: ['erasure', 'holds'] as const,
  holdList: ['erasure', 'holds', 'list'] as const,
  hold: (workflowId: string) => ['erasure', 'holds', 'one', workflowId] as const,
};

/** Fetch the erasures, newest first. */
export function useErasures() {
  const api = useApi();
  return useCursorList<Erasure>(
    erasureKeys.erasures,
    (cursor) => unwrapData(api.audit.GET('/audit-trail/erasures', { params: { query: { cursor } } })),
    (items) => (items.some(isRunning) ? RUNNING_REFETCH_MS : false),
  );
}

/** Ask what an erasure would erase. Changes nothing. */
export function useErasurePreview() {
  const api = useApi();
  return useMutation({
    mutationFn: (request: ErasureRequest) =>
      unwrapData(
        api.audit.POST('/audit-trail/erasures', { body: { ...request, dryRun: true } }),
      ) as Promise<ErasurePreview>,
  });
}

/** A write that reports its outcome at the top of the page and then updates a list. */
function useWrite<Body>(
  queryKey: QueryKey,
  send: (body: Body) => Promise<unknown>,
  messagesFor: (body: Body) => { success: string; failure: string },
) {
  const queryClient = useQueryClient();
  const outcome = useOutcomeMessages(messagesFor);
  return useMutation({
    mutationFn: send,
    onSuccess: (_, body) => outcome.onSuccess(body),
    onError: (error, body) => outcome.onError(error, body),
    onSettled: () => void queryClient.invalidateQueries({ queryKey }),
  });
}

/** Erase a user's data. */
export function useRequestErasure() {
  const api = useApi();
  const keys = useIdempotencyKeys();
  return useWrite<ErasureRequest>(
    erasureKeys.erasures,
    (body) =>
      keys.run(body, (key) =>
        unwrapData(api.audit.POST('/audit-trail/erasures', { body, headers: { 'Idempotency-Key': key } })),
      ),
    ({ userId }) => ({
      success: i18next.t('erasure:confirm.started', { userId }),
      failure: i18next.t('erasure:confirm.failed', { userId }),
    }),
  );
}

/** Fetch the default retention period, and those of schemes that have their own. */
export function useRetention() {
  const api = useApi();
  return useQuery({
    queryKey: erasureKeys.retention,
    queryFn: () => unwrapData(api.audit.GET('/audit-trail/retention')),
  });
}

/** Set the retention period of a scheme. */
export function useSetRetention(scheme: string, name: string) {
  const api = useApi();
  const params = { path: { scheme } };
  return useWrite<{ days: number; reason: string }>(
    erasureKeys.retention,
    (body) => unwrapData(api.audit.PUT('/audit-trail/retention/{scheme}', { params, body })),
    ({ days }) => ({
      success: i18next.t('erasure:retention.done', { name, period: formatDays(days) }),
      failure: i18next.t('erasure:retention.failed', { name }),
    }),
  );
}

/** Fetch the legal holds. */
export function useHolds() {
  const api = useApi();
  return useCursorList<Hold>(erasureKeys.holdList, (cursor) =>
    unwrapData(api.audit.GET('/audit-trail/holds', { params: { query: { cursor } } })),
  );
}

/** Holds on one page of the list. */
const HOLDS_PER_PAGE = 100;

/** Fetch the legal hold on a workflow; null if there is none. */
export function useHold(workflowId: string) {
  const api = useApi();
  return useQuery({
    queryKey: erasureKeys.hold(workflowId),
    queryFn: async (): Promise<Hold | null> => {
      let cursor: string | undefined;
      do {
        const query = { limit: HOLDS_PER_PAGE, cursor };
        const page = await unwrapData(api.audit.GET('/audit-trail/holds', { params: { query } }));
        const found = page.items.find((hold) => hold.workflowId === workflowId);
        if (found) return found;
        cursor = page.cursor ?? undefined;
      } while (cursor !== undefined);
      return null;
    },
  });
}

interface HoldChange {
  workflowId: string;
  reason: string;
}

/** Place a legal hold on a workflow. */
export function usePlaceHold() {
  const api = useApi();
  return useWrite<HoldChange>(
    erasureKeys.holds,
    ({ workflowId, reason }) => {
      const params = { path: { workflowId } };
      return expectSuccess(api.audit.PUT('/audit-trail/holds/{workflowId}', { params, body: { reason } }));
    },
    ({ workflowId }) => ({
      success: i18next.t('erasure:hold.placeDone', { workflowId }),
      failure: i18next.t('erasure:hold.placeFailed', { workflowId }),
    }),
  );
}

/** Release the legal hold on a workflow. */
export function useReleaseHold() {
  const api = useApi();
  return useWrite<HoldChange>(
    erasureKeys.holds,
    ({ workflowId, reason }) => {
      const params = { path: { workflowId } };
      return expectSuccess(api.audit.DELETE('/audit-trail/holds/{workflowId}', { params, body: { reason } }));
    },
    ({ workflowId }) => ({
      success: i18next.t('erasure:hold.releaseDone', { workflowId }),
      failure: i18next.t('erasure:hold.releaseFailed', { workflowId }),
    }),
  );
}
