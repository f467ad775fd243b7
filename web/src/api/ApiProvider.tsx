import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { createApi, type Api } from './client';
import { toProblem, isRetryable } from './problem';

/** What the API needs of the session. */
export interface Access {
  idToken: () => Promise<string>;
  /** Called when the service refuses the token. */
  end: () => void;
}

const ApiContext = createContext<Api | null>(null);

const MAX_RETRIES = 2;

/** Only what may pass by itself is tried again. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < MAX_RETRIES && isRetryable(toProblem(error));

/** The API for the person who is signed in. What was fetched is forgotten when it unmounts. */
export function ApiProvider(props: { apiUrl: string; access: Access; children: ReactNode }) {
  const [api] = useState(() => createApi(props.apiUrl, props.access.idToken, props.access.end));
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: worthRetrying, staleTime: 5_000 } } }),
  );
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={queries}>{props.children}</QueryClientProvider>
    </ApiContext>
  );
}

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi needs an ApiProvider above it');
  return api;
}
