import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/ApiProvider';
import { unwrapData } from '../api/client';
import { useCursorList } from '../api/useCursorList';
import { useConfig } from '../config/ConfigContext';
import { currentLanguage } from '../i18n';
import { logQuery } from '../proof/queries';
import { checkCosignature, parseVerifierKey, type Cosignature } from '../proof/signedNote';
import type { CheckedCheckpoint } from '../proof/trustedLog';
import type { Checkpoint, Integrity, PastCheckpoint } from '../api/types';

/** How often the page is updated (ms). The log is extended every minute. */
const REFRESH_MS = 30_000;

/** Fetch the state of the log and the findings. `fetchNextPage` fetches more findings. */
export function useIntegrity() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['integrity', 'state'],
    queryFn: ({ pageParam }) =>
      unwrapData(api.audit.GET('/audit-trail/integrity', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ findings }: Integrity) => findings.cursor ?? undefined,
    refetchInterval: REFRESH_MS,
  });
}

/** Fetch the checkpoints of the log, newest first. */
export function useCheckpoints() {
  const api = useApi();
  return useCursorList<PastCheckpoint>(['integrity', 'checkpoints'], (cursor) =>
    unwrapData(api.audit.GET('/audit-trail/checkpoints', { params: { query: { cursor } } })),
  );
}

/** Check a checkpoint in the browser, against the pinned key and the checkpoints that this browser saw earlier. */
export function useCheckedCheckpoint(checkpoint: Checkpoint | null) {
  const context = { api: useApi(), config: useConfig(), queryClient: useQueryClient() };
  return useQuery({
    // The results of checks contain texts.
    queryKey: ['integrity', 'checkpoint', checkpoint?.note, currentLanguage()],
    queryFn: async (): Promise<CheckedCheckpoint> => {
      const log = await context.queryClient.query(logQuery(context));
      return log.checkNote(checkpoint?.note ?? '');
    },
    enabled: checkpoint !== null,
    structuralSharing: false,
  });
}

export interface WitnessCheck {
  name: string;
  cosignature: Cosignature;
}

/** Check in the browser which witnesses have cosigned a checkpoint. */
export function useCosignatures(checked: CheckedCheckpoint | undefined, witnesses: string[] | undefined) {
  const checkpoint = checked?.checkpoint ?? null;
  return useQuery({
    queryKey: ['integrity', 'cosignatures', checkpoint?.text, checkpoint?.signatures.length, witnesses],
    queryFn: () =>
      Promise.all(
        (witnesses ?? []).map(async (vkey): Promise<WitnessCheck> => {
          const key = await parseVerifierKey(vkey);
          if (!checkpoint) return { name: key.name, cosignature: { state: 'missing' } };
          return { name: key.name, cosignature: await checkCosignature(checkpoint, key) };
        }),
      ),
    enabled: checked !== undefined && witnesses !== undefined,
    structuralSharing: false,
  });
}
