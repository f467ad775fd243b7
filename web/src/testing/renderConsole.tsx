import '@testing-library/jest-dom/vitest';
import { cleanup, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { http } from 'msw';
import { afterEach, vi } from 'vitest';
import { ApiProvider } from '../api/ApiProvider';
import { FlashProvider, useFlashes } from '../components/FlashProvider';
import type { Config } from '../config/config';
import { ConfigContext } from '../config/ConfigContext';
import type { IdentityProvider } from '../session/identityProvider';
import type { HostState } from '../session/session';
import { SessionProvider, useSession } from '../session/SessionProvider';
import type { User } from '../session/user';
import { server } from './server';

// On a busy machine, the default of one second is too short for pages that compute proofs.
configure({ asyncUtilTimeout: 5_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.localStorage.clear();
  // Undoes goOffline: TanStack Query remembers the last event.
  window.dispatchEvent(new Event('online'));
});

export const ADA: User = { userId: 'u-ada', name: 'Ada', email: 'ada@example.com', groups: [] };

export const CONFIG: Config = {
  region: 'eu-central-1',
  apiUrl: 'https://api.example.com',
  issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc',
  loginUrl: 'https://login.example.com',
  userPoolClientId: 'client',
  cognitoEndpoint: 'https://cognito-idp.eu-central-1.amazonaws.com',
  iotScheme: 'wss',
  stage: 'test',
  logKey: '',
};

/** What a test can change of a fake identity provider. */
export type FakeIdentityProvider = Partial<Omit<IdentityProvider, 'restore'>> & {
  /** Return the user who is signed in, or null. */
  restore?: () => Promise<User | null>;
};

/** An identity provider with one user, who is signed in unless `restore` says otherwise. */
export function fakeIdentityProvider({
  restore = () => Promise.resolve(ADA),
  ...overrides
}: FakeIdentityProvider = {}): IdentityProvider {
  const getState = async (): Promise<HostState> => {
    const user = await restore();
    return user ? { kind: 'signed-in', user } : { kind: 'signed-out' };
  };
  return {
    restore: getState,
    getState,
    signIn: () => Promise.resolve(),
    signOut: () => Promise.resolve(),
    getIdToken: () => Promise.resolve('id-token'),
    subscribe: () => () => undefined,
    ...overrides,
  };
}

type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Replace the network by `handlers`, with keys such as "GET /workflows".
 *
 * @returns The requests that were sent, also those made later.
 */
export function stubApi(handlers: Record<string, Handler>): Request[] {
  const requests: Request[] = [];
  server.use(
    http.all('*', async ({ request }) => {
      if (!navigator.onLine) return Response.error();
      requests.push(request.clone());
      const handler = handlers[`${request.method} ${new URL(request.url).pathname}`];
      return handler
        ? handler(request)
        : Response.json({ title: 'No handler in this test' }, { status: 404 });
    }),
  );
  return requests;
}

/** Disconnect the browser, until `restore` is called or the test ends. */
export function goOffline(): { restore: () => void } {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  window.dispatchEvent(new Event('offline'));
  return {
    restore: () => {
      onLine.mockReturnValue(true);
      window.dispatchEvent(new Event('online'));
    },
  };
}

/** Render a part of the console for a signed-in user, together with the messages it shows. */
export function renderConsole(
  children: ReactNode,
  identityProvider: IdentityProvider = fakeIdentityProvider(),
  config: Config = CONFIG,
) {
  return render(
    <SessionProvider identityProvider={identityProvider}>
      <ConfigContext value={config}>
        <SignedIn>
          {children}
          <Messages />
        </SignedIn>
      </ConfigContext>
    </SessionProvider>,
  );
}

function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.state.kind === 'expired') return <p>The session has ended</p>;
  if (session.state.kind !== 'signed-in') return null;
  return (
    <ApiProvider apiUrl="https://api.example.com" session={session}>
      <FlashProvider>{children}</FlashProvider>
    </ApiProvider>
  );
}

function Messages() {
  return useFlashes().messages.map((message) => (
    <p key={message.id} role="status">
      {message.header} {message.content} {message.action}
    </p>
  ));
}
