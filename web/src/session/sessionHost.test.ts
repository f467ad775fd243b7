import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { server } from '../testing/server';
import type { SessionMessage, SessionSettings } from './session';
import { createSessionHost } from './sessionHost';

const LIFETIME_SECONDS = 15 * 60;
const CONSOLE_URL = 'https://console.example.com/';
const TOKEN_URL = 'https://login.example.com/oauth2/token';
const COGNITO_URL = 'https://cognito.example.com/';

const settings: SessionSettings = {
  issuer: 'https://issuer.example.com/pool',
  loginUrl: 'https://login.example.com',
  userPoolClientId: 'client',
  cognitoEndpoint: COGNITO_URL,
  consoleUrl: CONSOLE_URL,
};

/** An ID token that is issued now, by a clock that is an hour ahead of the browser's. */
function idToken(name: string, sub = 'u-ada'): string {
  const iat = Math.floor(Date.now() / 1000) + 3600;
  const claims = {
    sub,
    name,
    email: 'ada@example.com',
    'cognito:groups': ['auditors'],
    iat,
    exp: iat + LIFETIME_SECONDS,
  };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

/** Respond to token requests in this order, the last one repeatedly. Returns the forms that were sent. */
function respond(...responses: (() => Response)[]): URLSearchParams[] {
  const forms: URLSearchParams[] = [];
  server.use(
    http.post(TOKEN_URL, async ({ request }) => {
      forms.push(new URLSearchParams(await request.text()));
      return (responses.length > 1 ? responses.shift() : responses[0])?.() ?? Response.error();
    }),
  );
  return forms;
}

const tokens = (name: string, sub?: string) => () =>
  HttpResponse.json({
    id_token: idToken(name, sub),
    access_token: 'access',
    refresh_token: 'refresh',
    token_type: 'Bearer',
    expires_in: LIFETIME_SECONDS,
  });
const refreshed = (name: string, sub?: string) => () =>
  HttpResponse.json({ id_token: idToken(name, sub), access_token: 'access', token_type: 'Bearer' });
const rejected = () => HttpResponse.json({ error: 'invalid_grant' }, { status: 400 });
const unreachable = () => Response.error();

function createHost() {
  const messages: SessionMessage[] = [];
  const host = createSessionHost((message) => messages.push(message));
  host.configure(settings);
  return { host, messages };
}

async function signIn(host: ReturnType<typeof createHost>['host'], returnTo = '#/work') {
  const request = await host.startSignIn(returnTo);
  return host.completeSignIn(`${CONSOLE_URL}?code=the-code&state=${request.id}`, request);
}

function nameIn(result: { kind: string; token?: string }): string {
  const payload = result.token?.split('.')[1];
  if (!payload) return result.kind;
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { name: string }).name;
}

/** Record the calls of the Cognito API. */
function revocations(): unknown[] {
  const bodies: unknown[] = [];
  server.use(
    http.post(COGNITO_URL, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({});
    }),
  );
  return bodies;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a sign-in', () => {
  it('sends a PKCE challenge, and its verifier with the code', async () => {
    const forms = respond(tokens('Ada'));
    const { host, messages } = createHost();
    const request = await host.startSignIn('#/workflows/1');
    const { searchParams, origin, pathname } = new URL(request.url);
    expect(origin + pathname).toBe('https://login.example.com/oauth2/authorize');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: 'client',
      redirect_uri: CONSOLE_URL,
      response_type: 'code',
      code_challenge_method: 'S256',
      state: request.id,
    });

    const result = await host.completeSignIn(`${CONSOLE_URL}?code=the-code&state=${request.id}`, request);
    expect(result).toMatchObject({ kind: 'signed-in', returnTo: '#/workflows/1', user: { name: 'Ada' } });
    const verifier = new TextEncoder().encode(forms[0]?.get('code_verifier') ?? '');
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', verifier)).toString('base64url');
    expect(searchParams.get('code_challenge')).toBe(digest);
    expect(host.getState()).toMatchObject({ kind: 'signed-in', user: { groups: ['auditors'] } });
    expect(messages).toEqual(['changed']);
  });

  it('can be completed by a host that did not start it', async () => {
    respond(tokens('Ada'));
    const request = await createHost().host.startSignIn('#/work');
    const { host } = createHost();
    const result = await host.completeSignIn(`${CONSOLE_URL}?code=the-code&state=${request.id}`, request);
    expect(result.kind).toBe('signed-in');
  });

  it('fails with the state of another request', async () => {
    const forms = respond(tokens('Ada'));
    const { host } = createHost();
    const request = await host.startSignIn('#/work');
    const result = await host.completeSignIn(`${CONSOLE_URL}?code=the-code&state=other`, request);
    expect(result.kind).toBe('failed');
    expect(forms).toEqual([]);
    expect(host.getState()).toEqual({ kind: 'signed-out' });
  });

  it('fails with what managed login says', async () => {
    const { host } = createHost();
    const request = await host.startSignIn('#/work');
    const url = `${CONSOLE_URL}?error=access_denied&error_description=User+is+disabled&state=${request.id}`;
    expect(await host.completeSignIn(url, request)).toEqual({ kind: 'failed', message: 'User is disabled' });
  });
});

describe('the ID token', () => {
  it('is returned until it is about to expire, also if the clocks differ', async () => {
    const forms = respond(tokens('first'), refreshed('second'));
    const { host } = createHost();
    await signIn(host);
    vi.setSystemTime(Date.now() + (LIFETIME_SECONDS - 61) * 1000);
    expect(nameIn(await host.getIdToken())).toBe('first');
    vi.setSystemTime(Date.now() + 2000);
    expect(nameIn(await host.getIdToken())).toBe('second');
    expect(forms[1]?.get('refresh_token')).toBe('refresh');
  });

  it('is refreshed once for calls at the same time', async () => {
    const forms = respond(tokens('first'), refreshed('second'));
    const { host } = createHost();
    await signIn(host);
    vi.setSystemTime(Date.now() + LIFETIME_SECONDS * 1000);
    const results = await Promise.all([host.getIdToken(), host.getIdToken()]);
    expect(results.map(nameIn)).toEqual(['second', 'second']);
    expect(forms).toHaveLength(2);
  });

  it('is replaced if the API has rejected it', async () => {
    respond(tokens('first'), refreshed('second'));
    const { host } = createHost();
    await signIn(host);
    const first = await host.getIdToken();
    expect(nameIn(await host.getIdToken(first.kind === 'token' ? first.token : ''))).toBe('second');
  });

  it('is used until it expires if Cognito is unreachable', async () => {
    respond(tokens('first'), unreachable);
    const { host } = createHost();
    await signIn(host);
    vi.setSystemTime(Date.now() + (LIFETIME_SECONDS - 30) * 1000);
    expect(nameIn(await host.getIdToken())).toBe('first');
    vi.setSystemTime(Date.now() + 31_000);
    expect(await host.getIdToken()).toEqual({ kind: 'unreachable' });
    expect(host.getState().kind).toBe('signed-in');
  });

  it('is not that of another user after a refresh', async () => {
    respond(tokens('first'), refreshed('second', 'u-eve'));
    const { host } = createHost();
    await signIn(host);
    vi.setSystemTime(Date.now() + LIFETIME_SECONDS * 1000);
    expect(await host.getIdToken()).toEqual({ kind: 'ended' });
  });
});

describe('a session that has ended', () => {
  it('is noticed without a call, and keeps the name of the user', async () => {
    respond(tokens('Ada'), rejected);
    const { host, messages } = createHost();
    await signIn(host);
    await vi.advanceTimersByTimeAsync((LIFETIME_SECONDS - 60) * 1000);
    await vi.waitFor(() => expect(messages).toEqual(['changed', 'changed']));
    expect(host.getState()).toMatchObject({ kind: 'expired', user: { name: 'Ada' } });
    expect(await host.getIdToken()).toEqual({ kind: 'ended' });
  });
});

describe('a sign-out', () => {
  it('deletes the tokens immediately, notifies the other tabs, and revokes the refresh token', async () => {
    respond(tokens('Ada'));
    const bodies = revocations();
    const { host, messages } = createHost();
    await signIn(host);
    const url = host.signOut();
    expect(host.getState()).toEqual({ kind: 'signed-out' });
    expect(await host.getIdToken()).toEqual({ kind: 'ended' });
    expect(messages).toEqual(['changed', 'signed-out']);
    expect(url).toBe(
      'https://login.example.com/logout?client_id=client&logout_uri=https%3A%2F%2Fconsole.example.com%2F',
    );
    await vi.waitFor(() => expect(bodies).toEqual([{ Token: 'refresh', ClientId: 'client' }]));
  });

  it('is final, also during a refresh', async () => {
    respond(tokens('first'), refreshed('second'));
    revocations();
    const { host } = createHost();
    await signIn(host);
    vi.setSystemTime(Date.now() + LIFETIME_SECONDS * 1000);
    const pending = host.getIdToken();
    host.signOut();
    expect(await pending).toEqual({ kind: 'ended' });
    expect(host.getState()).toEqual({ kind: 'signed-out' });
  });

  it('of another host revokes the own refresh token, too', async () => {
    respond(tokens('Ada'));
    const bodies = revocations();
    const { host, messages } = createHost();
    await signIn(host);
    host.forget();
    expect(messages).toEqual(['changed', 'changed']);
    expect(host.getState()).toEqual({ kind: 'signed-out' });
    await vi.waitFor(() => expect(bodies).toHaveLength(1));
  });
});
