import type { Remote } from 'comlink';
import * as z from 'zod/mini';
import { SESSION_CHANNEL, type HostState, type SessionHost, type SessionSettings } from './session';

/** `leaving`: the browser is on its way to managed login. */
export type RestoredState = HostState | { kind: 'leaving' } | { kind: 'failed'; message: string };

/** The session has ended. */
export class SessionEndedError extends Error {
  override name = 'SessionEndedError';
}

/** What the console needs from an identity provider. */
export interface IdentityProvider {
  /** Join the session of this browser, or start or complete a sign-in. */
  restore: () => Promise<RestoredState>;
  /** Return the state of the session now. */
  getState: () => Promise<HostState>;
  /** Leave for managed login, which returns to the current page. */
  signIn: () => Promise<void>;
  /** End the session in all tabs immediately, and revoke its refresh token. */
  signOut: () => Promise<void>;
  /**
   * Return an ID token that is valid long enough for a call.
   *
   * @param rejected The token that the API has rejected; it isn't returned again.
   *
   * Throws SessionEndedError, or TypeError without a connection.
   */
  getIdToken: (rejected?: string) => Promise<string>;
  /** Call the listener when the session might have changed in another tab. Returns a function that stops it. */
  subscribe: (listener: () => void) => () => void;
}

type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What a provider needs from the window. A test has its own. */
export interface Browser {
  location: Pick<Location, 'href' | 'hash' | 'assign'>;
  history: Pick<History, 'replaceState'>;
  /** Storage of this tab. It never has a token. */
  storage: TabStorage;
}

const SIGN_IN_KEY = 'countersign.sign-in';
const SIGNED_OUT_KEY = 'countersign.signed-out';

const storedRequestSchema = z.object({ id: z.string(), pending: z.string() });

/** Return the URL of the console without parameters, which is registered with Cognito. */
export const consoleUrl = (href: string): string => new URL('.', href).href;

function readRequest(storage: TabStorage) {
  const text = storage.getItem(SIGN_IN_KEY);
  storage.removeItem(SIGN_IN_KEY);
  try {
    return storedRequestSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

/** Create the identity provider of a tab: Cognito's managed login, with the tokens in a worker. */
export function createIdentityProvider(
  host: Remote<SessionHost>,
  settings: Omit<SessionSettings, 'consoleUrl'>,
  browser: Browser,
): IdentityProvider {
  const { location, history, storage } = browser;
  const home = consoleUrl(location.href);
  const ready = host.configure({
    issuer: settings.issuer,
    loginUrl: settings.loginUrl,
    userPoolClientId: settings.userPoolClientId,
    cognitoEndpoint: settings.cognitoEndpoint,
    consoleUrl: home,
  });
  let restored: Promise<RestoredState> | null = null;

  const signIn = async () => {
    await ready;
    storage.removeItem(SIGNED_OUT_KEY);
    const { url, ...request } = await host.startSignIn(location.hash);
    storage.setItem(SIGN_IN_KEY, JSON.stringify(request));
    location.assign(url);
  };

  const completeSignIn = async (callbackUrl: string): Promise<RestoredState> => {
    const request = readRequest(storage);
    // The code works once. It must not stay in the history.
    history.replaceState(null, '', home);
    if (!request) return { kind: 'failed', message: '' };
    const result = await host.completeSignIn(callbackUrl, request);
    if (result.kind === 'failed') return result;
    if (result.returnTo.startsWith('#/')) history.replaceState(null, '', home + result.returnTo);
    return { kind: 'signed-in', user: result.user };
  };

  const join = async (): Promise<RestoredState> => {
    await ready;
    const { searchParams } = new URL(location.href);
    if (searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'))) {
      return completeSignIn(location.href);
    }
    const state = await host.getState();
    // Not after a sign-out: the cookie of managed login might still be valid.
    if (state.kind === 'signed-in' || storage.getItem(SIGNED_OUT_KEY)) return state;
    await signIn();
    return { kind: 'leaving' };
  };

  return {
    // Once: React renders twice in development, and an authorization code works once.
    restore: () => (restored ??= join()),
    getState: async () => {
      const state = await host.getState();
      if (state.kind === 'signed-out') storage.setItem(SIGNED_OUT_KEY, 'true');
      return state;
    },
    signIn,
    signOut: async () => {
      storage.setItem(SIGNED_OUT_KEY, 'true');
      const url = await host.signOut();
      // Without a connection, the cookie of managed login is deleted later. This browser has deleted the tokens already.
      if (navigator.onLine) location.assign(url);
    },
    getIdToken: async (rejected) => {
      await ready;
      const result = await host.getIdToken(rejected);
      if (result.kind === 'token') return result.token;
      if (result.kind === 'ended') throw new SessionEndedError('The session has ended.');
      throw new TypeError('Failed to fetch');
    },
    subscribe: (listener) => {
      const channel = new BroadcastChannel(SESSION_CHANNEL);
      channel.addEventListener('message', listener);
      return () => channel.close();
    },
  };
}
