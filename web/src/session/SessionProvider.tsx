import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { IdentityProvider } from './cognitoIdentityProvider';
import { isNetworkError } from './signInErrors';
import type { User } from './user';

/** Who is here. `ended` tells a session that ran out from one that never began. */
export type SessionState =
  { kind: 'restoring' } | { kind: 'signed-out'; ended: boolean } | { kind: 'signed-in'; user: User };

interface Session {
  state: SessionState;
  identity: IdentityProvider;
  enter: (user: User) => void;
  leave: () => void;
  /** The service refused the token: whatever is kept of the session is worth nothing. */
  end: () => void;
  /** A valid ID token; when the session is over it also shows the sign-in page. */
  idToken: () => Promise<string>;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ identity, children }: { identity: IdentityProvider; children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ kind: 'restoring' });

  useEffect(() => {
    let mounted = true;
    const settle = (next: SessionState) => {
      if (mounted) setState(next);
    };
    identity.restore().then(
      (user) => settle(user ? { kind: 'signed-in', user } : { kind: 'signed-out', ended: false }),
      () => settle({ kind: 'signed-out', ended: true }),
    );
    return () => {
      mounted = false;
    };
  }, [identity]);

  const session = useMemo<Session>(
    () => ({
      state,
      identity,
      enter: (user) => setState({ kind: 'signed-in', user }),
      leave: () => {
        identity.signOut();
        setState({ kind: 'signed-out', ended: false });
      },
      end: () => {
        identity.signOut();
        setState({ kind: 'signed-out', ended: true });
      },
      idToken: async () => {
        try {
          return await identity.idToken();
        } catch (error) {
          // Without a connection the session may still be good: only a refusal ends it.
          if (!isNetworkError(error)) setState({ kind: 'signed-out', ended: true });
          throw error;
        }
      },
    }),
    [state, identity],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

/** The signed-in user; only for components below the sign-in. */
export function useUser(): User {
  const { state } = useSession();
  if (state.kind !== 'signed-in') throw new Error('useUser needs somebody signed in');
  return state.user;
}
