import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { isNetworkError } from '../api/problem';
import { type IdentityProvider, type RestoredState } from './identityProvider';
import type { User } from './user';

/**
 * The session in this tab.
 *
 * - `restoring`: the tab joins the session of the browser.
 * - `leaving`: the browser is on its way to managed login.
 * - `failed`: managed login returned without a session.
 * - `expired`: the session has ended by itself. The page stays, so that the user can return to what they were doing.
 */
export type SessionState = { kind: 'restoring' } | RestoredState;

/** What a page needs to know to act: `offline` is a session that can't be used at the moment. */
export type SessionStatus = 'signed-in' | 'expired' | 'signed-out' | 'offline';

interface Session {
  state: SessionState;
  status: SessionStatus;
  /** Leave for managed login, which returns to the current page. */
  signIn: () => void;
  /** End the session in all tabs, and revoke its refresh token. */
  signOut: () => void;
  /** Replace the token because the API rejected it. If that isn't possible, the session has ended. */
  expire: () => void;
  /** Return a valid ID token. If the session has ended, show that and throw. */
  getIdToken: () => Promise<string>;
}

const SessionContext = createContext<Session | null>(null);

interface Props {
  identityProvider: IdentityProvider;
  children: ReactNode;
}

function subscribeToConnection(listener: () => void) {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Return whether the browser has a network connection. */
export const useIsOnline = (): boolean => useSyncExternalStore(subscribeToConnection, () => navigator.onLine);

function statusOf(state: SessionState, isOnline: boolean): SessionStatus {
  if (state.kind === 'expired') return 'expired';
  if (state.kind !== 'signed-in') return 'signed-out';
  return isOnline ? 'signed-in' : 'offline';
}

/** After an expiry that only this tab has noticed, keep the user, so that the page stays. */
const expiredFrom = (state: SessionState): SessionState =>
  state.kind === 'signed-in' ? { kind: 'expired', user: state.user } : state;

export function SessionProvider({ identityProvider, children }: Props) {
  const [state, setState] = useState<SessionState>({ kind: 'restoring' });
  const isOnline = useIsOnline();
  const lastToken = useRef<string>(undefined);

  useEffect(() => {
    let isMounted = true;
    const update = (next: SessionState) => {
      if (isMounted) setState(next);
    };
    const fail = (error: unknown) =>
      update({ kind: 'failed', message: error instanceof Error ? error.message : '' });
    identityProvider.restore().then(update, fail);
    const unsubscribe = identityProvider.subscribe(() => {
      void identityProvider.getState().then((next) => {
        // A tab on its way to managed login, or one that joins a session, gets its state when it's there.
        if (isMounted)
          setState((current) => (['restoring', 'leaving'].includes(current.kind) ? current : next));
      });
    });
    return () => {
      isMounted = false;
      unsubscribe();
    };
  }, [identityProvider]);

  const session = useMemo<Session>(() => {
    const getIdToken = async (rejected?: string) => {
      try {
        return (lastToken.current = await identityProvider.getIdToken(rejected));
      } catch (error) {
        // Without a connection, the session might still be valid.
        if (!isNetworkError(error)) setState(expiredFrom);
        throw error;
      }
    };
    return {
      state,
      status: statusOf(state, isOnline),
      signIn: () => void identityProvider.signIn(),
      signOut: () => {
        void identityProvider.signOut();
        setState({ kind: 'signed-out' });
      },
      expire: () => void getIdToken(lastToken.current).catch(() => undefined),
      getIdToken: () => getIdToken(),
    };
  }, [state, isOnline, identityProvider]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession must be used inside SessionProvider');
  return session;
}

/**
 * Call a function when the session changes to a status, such as to store a draft when it expires or to delete it when the
 * user signs out.
 */
export function useSessionEvent(status: SessionStatus, onEvent: () => void) {
  const current = useSession().status;
  const previous = useRef(current);
  const handle = useEffectEvent(onEvent);
  useEffect(() => {
    if (current !== previous.current && current === status) handle();
    previous.current = current;
  }, [current, status]);
}

/** Return the user of the session, also after it has expired. Use it only in components behind AuthGate. */
export function useUser(): User {
  const { state } = useSession();
  if (state.kind !== 'signed-in' && state.kind !== 'expired')
    throw new Error('useUser must be used inside AuthGate');
  return state.user;
}
