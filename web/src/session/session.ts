import type { User } from './user';

/** The settings of the deployment that a tab sends to the session host: a part of `config.json`. */
export interface SessionSettings {
  issuer: string;
  loginUrl: string;
  userPoolClientId: string;
  cognitoEndpoint: string;
  /** The URL of the console, to which managed login returns. */
  consoleUrl: string;
}

/** The session that all tabs share. `expired`: it ended by itself, and the user can sign in again. */
export type HostState =
  { kind: 'signed-out' } | { kind: 'signed-in'; user: User } | { kind: 'expired'; user: User };

/** `unreachable`: the token has expired and can't be refreshed now, but the session might still be valid. */
export type TokenResult = { kind: 'token'; token: string } | { kind: 'unreachable' } | { kind: 'ended' };

/** A started sign-in. The tab keeps `pending` until managed login returns to it. */
export interface SignInRequest {
  url: string;
  /** The `state` parameter, which identifies the request. */
  id: string;
  /** What the host needs to complete the request: the PKCE verifier and where to return to. */
  pending: string;
}

export type SignInResult =
  { kind: 'signed-in'; user: User; returnTo: string } | { kind: 'failed'; message: string };

/**
 * Holds the session of this browser. It runs in a worker, so that no script of a page can read the refresh token: a page
 * gets ID tokens only, which are valid for 15 minutes.
 */
export interface SessionHost {
  /** Set the deployment. Only the first call counts. */
  configure: (settings: SessionSettings) => void;
  getState: () => HostState;
  /** Return a valid ID token. `rejected`: the API has rejected this one, so don't return it again. */
  getIdToken: (rejected?: string) => Promise<TokenResult>;
  startSignIn: (returnTo: string) => Promise<SignInRequest>;
  completeSignIn: (callbackUrl: string, request: Omit<SignInRequest, 'url'>) => Promise<SignInResult>;
  /** Delete the session immediately, then revoke its refresh token. Return the URL that signs out of managed login. */
  signOut: () => string;
}

/** The name of the channel on which a host says that its state has changed. Messages have no content of a session. */
export const SESSION_CHANNEL = 'countersign-session';

/** `signed-out` also ends the sessions of other hosts, if the browser has one for each tab. */
export type SessionMessage = 'changed' | 'signed-out';
