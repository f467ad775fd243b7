import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { createApi, type Api } from './client';
import { isRetryable, toProblem } from './problem';

/** What the API client needs from the session. */
export interface ApiSession {
  getIdToken: () => Promise<string>;
  /** Called when the API rejects the token. */
  expire: () => void;
}

const ApiContext = createContext<Api | null>(null);

const MAX_RETRIES = 2;

/**
 * Create a query client that never pauses or queues calls.
 *
 * By default, TanStack Query holds back a mutation while the browser is offline and sends it later: an approval would
 * happen after the user canceled it. With "always", a call that can't be sent fails immediately.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        // "always" turns this off.
        refetchOnReconnect: true,
        retry: (failures, error) => failures < MAX_RETRIES && isRetryable(toProblem(error)),
        staleTime: 5_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Provides the API for the signed-in user. Unmounting it discards everything that was fetched for that user. */
export function ApiProvider(props: { apiUrl: string; session: ApiSession; children: ReactNode }) {
  const [api] = useState(() => createApi(props.apiUrl, props.session.getIdToken, props.session.expire));
  const [queryClient] = useState(createQueryClient);
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={queryClient}>{props.children}</QueryClientProvider>
    </ApiContext>
  );
}

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi must be used inside ApiProvider');
  return api;
}
