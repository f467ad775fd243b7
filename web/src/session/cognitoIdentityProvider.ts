import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { Config } from '../config/config';
import { userFromClaims, type User } from './user';

/** A sign-in ends with a user, or asks first for a new password (an account that an administrator made). */
export type SignedIn = { kind: 'user'; user: User };
export type NewPasswordRequired = { kind: 'new-password'; choose: (password: string) => Promise<SignedIn> };

/** What the console needs of an identity provider. */
export interface IdentityProvider {
  /** The user of this tab's kept session, or null. */
  restore: () => Promise<User | null>;
  /** Raises what Cognito throws; `signInErrorMessage` puts it into words. */
  signIn: (email: string, password: string) => Promise<SignedIn | NewPasswordRequired>;
  signOut: () => void;
  /** A valid ID token, refreshed when the old one has ended. Raises when the session is over. */
  idToken: () => Promise<string>;
}

const userOf = (session: CognitoUserSession): User => userFromClaims(session.getIdToken().payload);

/** Cognito with SRP: the password never leaves the browser. The session is kept in the tab's storage only. */
export function createCognitoIdentityProvider(config: Config, storage: Storage): IdentityProvider {
  const pool = new CognitoUserPool({
    UserPoolId: config.userPoolId,
    ClientId: config.userPoolClientId,
    Storage: storage,
    ...(config.cognitoEndpoint && { endpoint: config.cognitoEndpoint }),
  });

  const currentSession = () =>
    new Promise<CognitoUserSession | null>((resolve, reject) => {
      const user = pool.getCurrentUser();
      if (!user) {
        resolve(null);
        return;
      }
      user.getSession((error: Error | null, session: CognitoUserSession | null) => {
        if (error) reject(error);
        else resolve(session);
      });
    });

  return {
    restore: async () => {
      const session = await currentSession();
      return session && userOf(session);
    },
    signIn: (email, password) =>
      new Promise((resolve, reject) => {
        const user = new CognitoUser({ Username: email, Pool: pool, Storage: storage });
        const details = new AuthenticationDetails({ Username: email, Password: password });
        user.authenticateUser(details, {
          onSuccess: (session) => resolve({ kind: 'user', user: userOf(session) }),
          onFailure: reject,
          newPasswordRequired: () =>
            resolve({ kind: 'new-password', choose: (chosen) => choose(user, chosen) }),
        });
      }),
    signOut: () => pool.getCurrentUser()?.signOut(),
    idToken: async () => {
      const session = await currentSession();
      if (!session) throw new Error('Not signed in.');
      return session.getIdToken().getJwtToken();
    },
  };
}

function choose(user: CognitoUser, password: string): Promise<SignedIn> {
  return new Promise((resolve, reject) => {
    user.completeNewPasswordChallenge(
      password,
      {},
      { onSuccess: (session) => resolve({ kind: 'user', user: userOf(session) }), onFailure: reject },
    );
  });
}
