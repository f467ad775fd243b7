import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { createQueryClient } from './api/ApiProvider';
import { Loading } from './components/Loading';
import type { Config } from './config/config';
import { ConfigGate } from './config/ConfigGate';
import { LanguageProvider } from './i18n/LanguageProvider';
import { AuthGate } from './session/AuthGate';
import { connectToHost } from './session/connectToHost';
import { createIdentityProvider } from './session/identityProvider';
import { SessionProvider, useSession } from './session/SessionProvider';

const Console = lazy(() => import('./shell/Console'));

/** For the configuration and the sign-in. Each signed-in user gets a separate client with an empty cache. */
const queryClient = createQueryClient();

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <ConfigGate>{(config) => <ConfiguredApp config={config} />}</ConfigGate>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function ConfiguredApp({ config }: { config: Config }) {
  const identityProvider = useMemo(
    () =>
      createIdentityProvider(connectToHost(config.userPoolClientId), config, {
        location: window.location,
        history: window.history,
        storage: window.sessionStorage,
      }),
    [config],
  );
  return (
    <SessionProvider identityProvider={identityProvider}>
      <AuthGate>{(user) => <SignedInApp key={user.userId} config={config} />}</AuthGate>
    </SessionProvider>
  );
}

function SignedInApp({ config }: { config: Config }) {
  const session = useSession();
  return (
    <Suspense fallback={<Loading />}>
      <Console config={config} session={session} />
    </Suspense>
  );
}
