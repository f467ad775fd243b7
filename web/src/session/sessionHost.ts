import {
  ErrorResponse,
  InMemoryWebStorage,
  OidcClient,
  WebStorageStateStore,
  type SigninResponse,
} from 'oidc-client-ts';
import { revokeRefreshToken } from './revokeRefreshToken';
import type {
  HostState,
  SessionHost,
  SessionMessage,
  SessionSettings,
  SignInRequest,
  SignInResult,
  TokenResult,
} from './session';
import { userFromClaims, type User } from './user';

interface Session {
  user: User;
  idToken: string;
  refreshToken: string;
  /** When the ID token expires, by the clock of this browser (milliseconds). */
  expiresAt: number;
}

/** A token with less time left is refreshed first: it would expire on its way to the API. */
const REFRESH_BEFORE_MS = 60_000;
/** How long to wait after a refresh that didn't reach Cognito. */
const RETRY_AFTER_MS = 30_000;
const TIMEOUT_SECONDS = 10;
/** The library wants claims to use for a response without an ID token. Cognito's responses always have one. */
const NO_CLAIMS = { sub: '', iss: '', aud: '', exp: 0, iat: 0 };

/** Lifetime of a token, in milliseconds. Differences of the token's own times don't depend on the browser's clock. */
const lifetime = ({ exp, iat }: { exp: number; iat: number }): number => (exp - iat) * 1000;

/** Create the host of a session, which starts without one. */
export function createSessionHost(announce: (message: SessionMessage) => void): SessionHost & {
  /** Delete the session because another host was signed out. */
  forget: () => void;
} {
  let settings: SessionSettings | null = null;
  let client: OidcClient | null = null;
  let session: Session | null = null;
  let expiredUser: User | null = null;
  let refreshing: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const requests = new WebStorageStateStore({ store: new InMemoryWebStorage() });

  const configured = () => {
    if (!settings || !client) throw new Error('The session is not configured.');
    return { settings, client };
  };

  const schedule = (delay: number) => {
    clearTimeout(timer);
    // A session that has ended is noticed without a call of the user.
    timer = setTimeout(() => void refresh(), Math.max(delay, 0));
  };

  const start = (response: SigninResponse, refreshToken: string): Session => {
    if (!response.id_token) throw new Error('The response has no ID token.');
    const expiresAt = Date.now() + lifetime(response.profile);
    session = { user: userFromClaims(response.profile), idToken: response.id_token, refreshToken, expiresAt };
    expiredUser = null;
    schedule(expiresAt - REFRESH_BEFORE_MS - Date.now());
    return session;
  };

  const end = (expired: User | null) => {
    clearTimeout(timer);
    session = null;
    expiredUser = expired;
  };

  const refreshNow = async (current: Session) => {
    // Without the ID token, whose auth_time the emulator changes. The subject is compared here.
    const state = { refresh_token: current.refreshToken, session_state: null, profile: NO_CLAIMS };
    try {
      const { client } = configured();
      // The package exports the type of the state, but not its class.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
      const response = await client.useRefreshToken({ state, timeoutInSeconds: TIMEOUT_SECONDS });
      if (session !== current) return;
      if (response.profile.sub !== current.user.userId) throw new ErrorResponse({ error: 'invalid_grant' });
      start(response, response.refresh_token ?? current.refreshToken);
    } catch (error) {
      if (session !== current) return;
      if (error instanceof ErrorResponse) {
        // Cognito has responded: the token has expired or was revoked, or the account is disabled.
        end(current.user);
        announce('changed');
      } else {
        schedule(RETRY_AFTER_MS);
      }
    }
  };

  /** Refresh the session. Calls at the same time share one refresh. */
  const refresh = (): Promise<void> => {
    if (!session) return Promise.resolve();
    refreshing ??= refreshNow(session).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  return {
    configure: (given) => {
      if (settings) return;
      settings = given;
      client = new OidcClient({
        authority: given.issuer,
        client_id: given.userPoolClientId,
        redirect_uri: given.consoleUrl,
        scope: 'openid email profile',
        // Given, so that nothing has to be discovered.
        metadata: {
          issuer: given.issuer,
          authorization_endpoint: `${given.loginUrl}/oauth2/authorize`,
          token_endpoint: `${given.loginUrl}/oauth2/token`,
        },
        stateStore: requests,
        requestTimeoutInSeconds: TIMEOUT_SECONDS,
      });
    },

    getState: (): HostState => {
      if (session) return { kind: 'signed-in', user: session.user };
      return expiredUser ? { kind: 'expired', user: expiredUser } : { kind: 'signed-out' };
    },

    getIdToken: async (rejected): Promise<TokenResult> => {
      const isUsable = (before: number) =>
        session !== null && session.idToken !== rejected && session.expiresAt - Date.now() > before;
      if (!isUsable(REFRESH_BEFORE_MS)) await refresh();
      if (!session) return { kind: 'ended' };
      // After a refresh that didn't reach Cognito, the current token still works for a few seconds.
      return isUsable(0) ? { kind: 'token', token: session.idToken } : { kind: 'unreachable' };
    },

    startSignIn: async (returnTo): Promise<SignInRequest> => {
      const request = await configured().client.createSigninRequest({ state: returnTo });
      return { url: request.url, id: request.state.id, pending: request.state.toStorageString() };
    },

    completeSignIn: async (callbackUrl, { id, pending }): Promise<SignInResult> => {
      try {
        // The host that started the sign-in might have ended in the meantime.
        await requests.set(id, pending);
        const response = await configured().client.processSigninResponse(callbackUrl);
        if (!response.refresh_token) throw new Error('The response has no refresh token.');
        const previous = session;
        const { user } = start(response, response.refresh_token);
        announce('changed');
        if (previous) revoke(previous);
        return {
          kind: 'signed-in',
          user,
          returnTo: typeof response.userState === 'string' ? response.userState : '',
        };
      } catch (error) {
        return { kind: 'failed', message: error instanceof Error ? error.message : '' };
      }
    },

    signOut: () => {
      const left = session;
      end(null);
      announce('signed-out');
      if (left) revoke(left);
      const { loginUrl, userPoolClientId, consoleUrl } = configured().settings;
      return `${loginUrl}/logout?${new URLSearchParams({ client_id: userPoolClientId, logout_uri: consoleUrl })}`;
    },

    forget: () => {
      const left = session;
      end(null);
      // The tabs of this host might have asked before it knew.
      announce('changed');
      if (left) revoke(left);
    },
  };

  function revoke({ refreshToken }: Session) {
    const { cognitoEndpoint, userPoolClientId } = configured().settings;
    // Cognito might not respond. The user doesn't wait for it.
    void revokeRefreshToken(cognitoEndpoint, userPoolClientId, refreshToken);
  }
}
