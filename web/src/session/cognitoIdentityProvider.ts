import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { isNetworkError } from '../api/problem';
import type { Config } from '../config/config';
import { revokeRefreshToken } from './revokeRefreshToken';
import { userFromClaims, type User } from './user';

declare module 'amazon-cognito-identity-js' {
  // The types of the package leave this method out.
  interface CognitoUserSession {
    /** Return how far the clock of this browser is ahead of Cognito's (seconds). */
    getClockDrift(): number;
  }
}

export type SignedIn = { kind: 'signed-in'; user: User };

/** The sign-in continues with a new password: an administrator created the account. */
export type NewPasswordRequired = {
  kind: 'new-password-required';
  setPassword: (password: string) => Promise<SignedIn>;
};

/** What the console needs from an identity provider. */
export interface IdentityProvider {
  /** Return the user of the session that this tab has stored, or null. */
  restore: () => Promise<User | null>;
  /** Throws what Cognito throws; `signInErrorMessage` translates it. */
  signIn: (email: string, password: string) => Promise<SignedIn | NewPasswordRequired>;
  /** Delete the stored session immediately, then revoke its refresh token. Never throws. */
  signOut: () => Promise<void>;
  /** Return an ID token that is valid long enough for a call. Throws if the session has ended. */
  getIdToken: () => Promise<string>;
}

/** A token with less time left is refreshed first (seconds): it would expire on its way to the API. */
const REFRESH_BEFORE_SECONDS = 60;

const toUser = (session: CognitoUserSession): User => userFromClaims(session.getIdToken().payload);

function secondsLeft(session: CognitoUserSession): number {
  const expiration = Math.min(session.getIdToken().getExpiration(), session.getAccessToken().getExpiration());
  return expiration - (Date.now() / 1000 - session.getClockDrift());
}

/** Return the user's session. The Cognito client refreshes it if it has expired. */
function loadSession(user: CognitoUser): Promise<CognitoUserSession> {
  return new Promise((resolve, reject) => {
    user.getSession((error: Error | null, session: CognitoUserSession | null) => {
      if (session && !error) resolve(session);
      else reject(error ?? new Error('Not signed in.'));
    });
  });
}

function refreshSession(user: CognitoUser, session: CognitoUserSession): Promise<CognitoUserSession> {
  return new Promise((resolve, reject) => {
    user.refreshSession(
      session.getRefreshToken(),
      (error: Error | null, refreshed: CognitoUserSession | null) => {
        if (refreshed && !error) resolve(refreshed);
        else reject(error ?? new Error('Not signed in.'));
      },
    );
  });
}

async function getFreshSession(user: CognitoUser): Promise<CognitoUserSession> {
  const session = await loadSession(user);
  if (secondsLeft(session) > REFRESH_BEFORE_SECONDS) return session;
  try {
    return await refreshSession(user, session);
  } catch (error) {
    // The current token still works for a few seconds.
    if (session.isValid() && isNetworkError(error)) return session;
    throw error;
  }
}

function setNewPassword(user: CognitoUser, password: string): Promise<SignedIn> {
  return new Promise((resolve, reject) => {
    user.completeNewPasswordChallenge(
      password,
      {},
      { onSuccess: (session) => resolve({ kind: 'signed-in', user: toUser(session) }), onFailure: reject },
    );
  });
}

/**
 * Create an identity provider for a Cognito user pool.
 *
 * It signs in with SRP, so the password never leaves the browser.
 *
 * @param storage Keeps the tokens. The session storage of the tab limits them to this tab.
 */
export function createCognitoIdentityProvider(config: Config, storage: Storage): IdentityProvider {
  const pool = new CognitoUserPool({
    UserPoolId: config.userPoolId,
    ClientId: config.userPoolClientId,
    Storage: storage,
    ...(config.cognitoEndpoint && { endpoint: config.cognitoEndpoint }),
  });
  let currentUser: CognitoUser | null = pool.getCurrentUser();
  let pending: { user: CognitoUser; session: Promise<CognitoUserSession> } | null = null;

  /** Return a fresh session. Calls at the same time share one refresh. */
  const getSession = async (): Promise<CognitoUserSession> => {
    const user = currentUser;
    if (!user) throw new Error('Not signed in.');
    if (pending?.user !== user) pending = { user, session: getFreshSession(user) };
    const shared = pending;
    const session = await shared.session.finally(() => {
      if (pending === shared) pending = null;
    });
    if (user !== currentUser) {
      // The user signed out during a refresh, and the Cognito client has just stored the new tokens.
      user.signOut();
      throw new Error('Not signed in.');
    }
    return session;
  };

  return {
    restore: async () => (currentUser ? toUser(await getSession()) : null),
    signIn: (email, password) =>
      new Promise((resolve, reject) => {
        const user = new CognitoUser({ Username: email, Pool: pool, Storage: storage });
        const details = new AuthenticationDetails({ Username: email, Password: password });
        const complete = (signedIn: SignedIn): SignedIn => {
          currentUser = user;
          return signedIn;
        };
        user.authenticateUser(details, {
          onSuccess: (session) => resolve(complete({ kind: 'signed-in', user: toUser(session) })),
          onFailure: reject,
          newPasswordRequired: () =>
            resolve({
              kind: 'new-password-required',
              setPassword: async (newPassword) => complete(await setNewPassword(user, newPassword)),
            }),
        });
      }),
    signOut: async () => {
      const user = currentUser;
      currentUser = null;
      const refreshToken = user?.getSignInUserSession()?.getRefreshToken().getToken();
      user?.signOut();
      if (refreshToken) await revokeRefreshToken(config, refreshToken);
    },
    getIdToken: async () => (await getSession()).getIdToken().getJwtToken(),
  };
}
