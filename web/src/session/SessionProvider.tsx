import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { isNetworkError } from '../api/problem';
import type { IdentityProvider } from './cognitoIdentityProvider';
import type { User } from './user';

/** `expired` tells a session that ended by itself from one that the user ended or never started. */
export type SessionState =
  { kind: 'restoring' } | { kind: 'signed-out'; expired: boolean } | { kind: 'signed-in'; user: User };

interface Session {
  state: SessionState;
  identityProvider: IdentityProvider;
  onSignedIn: (user: User) => void;
  signOut: () => void;
  /** Discard the session because the API rejected its token. */
  expire: () => void;
  /** Return a valid ID token. If the session has ended, show the sign-in page and throw. */
  getIdToken: () => Promise<string>;
}

const SessionContext = createContext<Session | null>(null);

interface Props {
  identityProvider: IdentityProvider;
  children: ReactNode;
}

export function SessionProvider({ identityProvider, children }: Props) {
  const [state, setState] = useState<SessionState>({ kind: 'restoring' });

  useEffect(() => {
    let isMounted = true;
    const update = (next: SessionState) => {
      if (isMounted) setState(next);
    };
    identityProvider.restore().then(
      (user) => update(user ? { kind: 'signed-in', user } : { kind: 'signed-out', expired: false }),
      () => update({ kind: 'signed-out', expired: true }),
    );
    return () => {
      isMounted = false;
    };
  }, [identityProvider]);

  const session = useMemo<Session>(() => {
    const leave = (expired: boolean) => {
      // Cognito might not respond. The user doesn't wait for it.
      void identityProvider.signOut();
      setState({ kind: 'signed-out', expired });
    };
    return {
      state,
      identityProvider,
      onSignedIn: (user) => setState({ kind: 'signed-in', user }),
      signOut: () => leave(false),
      expire: () => leave(true),
      getIdToken: async () => {
        try {
          return await identityProvider.getIdToken();
        } catch (error) {
          // Without a connection, the session might still be valid.
          if (!isNetworkError(error)) setState({ kind: 'signed-out', expired: true });
          throw error;
        }
      },
    };
  }, [state, identityProvider]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession must be used inside SessionProvider');
  return session;
}

/** Return the signed-in user. Use it only in components behind AuthGate. */
export function useUser(): User {
  const { state } = useSession();
  if (state.kind !== 'signed-in') throw new Error('useUser must be used inside AuthGate');
  return state.user;
}
