import '@testing-library/jest-dom/vitest';
import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, vi } from 'vitest';
import { ApiProvider } from '../api/ApiProvider';
import type { IdentityProvider } from '../session/cognitoIdentityProvider';
import { SessionProvider, useSession } from '../session/SessionProvider';
import type { User } from '../session/user';
import { FlashProvider, useFlashes } from '../components/FlashProvider';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

export const ADA: User = { userId: 'u-ada', name: 'Ada', email: 'ada@example.com', groups: [] };

/** An identity provider that knows one user, already signed in unless `restore` says otherwise. */
export function fakeIdentityProvider(overrides: Partial<IdentityProvider> = {}): IdentityProvider {
  return {
    restore: () => Promise.resolve(ADA),
    signIn: () => Promise.resolve({ kind: 'user', user: ADA }),
    signOut: () => undefined,
    idToken: () => Promise.resolve('id-token'),
    ...overrides,
  };
}

type Answer = (request: Request) => Response | Promise<Response>;

/** Puts `answers`, keyed by "METHOD /path", in the network's place; returns the requests that were made. */
export function stubApi(answers: Record<string, Answer>): Request[] {
  const made: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    made.push(request.clone());
    const answer = answers[`${request.method} ${new URL(request.url).pathname}`];
    return answer ? answer(request) : Response.json({ title: 'No such stub' }, { status: 404 });
  });
  return made;
}

/** Renders a part of the console as it stands behind the sign-in, with the messages that it shows. */
export function renderConsole(part: ReactNode, identity: IdentityProvider = fakeIdentityProvider()) {
  return render(
    <SessionProvider identity={identity}>
      <SignedIn>
        {part}
        <Messages />
      </SignedIn>
    </SessionProvider>,
  );
}

function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.state.kind === 'signed-out' && session.state.ended) return <p>The session has ended</p>;
  if (session.state.kind !== 'signed-in') return null;
  return (
    <ApiProvider apiUrl="https://api.example.com" access={session}>
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
