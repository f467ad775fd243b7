import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import type { Config } from './config/config';
import { ConfigGate } from './config/ConfigGate';
import { createCognitoIdentityProvider } from './session/cognitoIdentityProvider';
import { SessionProvider, useSession } from './session/SessionProvider';
import { SignInPage } from './session/SignInPage';
import { Loading } from './components/Loading';

const Console = lazy(() => import('./shell/Console'));

/** For what happens before anybody is signed in; a signed-in person gets a client of their own. */
const beforeSignIn = new QueryClient();

export function App() {
  return (
    <QueryClientProvider client={beforeSignIn}>
      <ConfigGate>{(config) => <Configured config={config} />}</ConfigGate>
    </QueryClientProvider>
  );
}

function Configured({ config }: { config: Config }) {
  const identity = useMemo(() => createCognitoIdentityProvider(config, window.sessionStorage), [config]);
  return (
    <SessionProvider identity={identity}>
      <AuthGate config={config} />
    </SessionProvider>
  );
}

/** The sign-in page, or the console for whoever came in. */
function AuthGate({ config }: { config: Config }) {
  const session = useSession();
  const { state } = session;
  switch (state.kind) {
    case 'restoring':
      return <Loading />;
    case 'signed-out':
      return <SignInPage ended={state.ended} />;
    case 'signed-in':
      return (
        <Suspense fallback={<Loading />}>
          <Console key={state.user.userId} config={config} access={session} />
        </Suspense>
      );
  }
}
