import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { createApi, type Api } from './client';
import { Problem } from './problem';

const ApiContext = createContext<Api | null>(null);

/** Only what may pass by itself is tried again: no answer, or a fault of the service. */
export function worthRetrying(failures: number, error: Error): boolean {
  const passing = !(error instanceof Problem) || error.status === 0 || error.status >= 500;
  return passing && failures < 2;
}

/** The API for the person who is signed in. What was fetched is forgotten when it unmounts. */
export function ApiProvider(props: { apiUrl: string; idToken: () => Promise<string>; children: ReactNode }) {
  const [api] = useState(() => createApi(props.apiUrl, props.idToken));
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
