import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Config } from '../config/config';
import { createCognitoIdentityProvider } from './cognitoIdentityProvider';

const ENDPOINT = 'http://cognito.example.com:4566';
const NOW = Date.parse('2026-01-02T03:00:00Z');
const LIFETIME_SECONDS = 15 * 60;

const config: Config = {
  region: 'eu-central-1',
  apiUrl: 'https://api.example.com',
  userPoolId: 'eu-central-1_abc',
  userPoolClientId: 'client',
  cognitoEndpoint: ENDPOINT,
  iotScheme: 'ws',
  logKey: '',
  stage: 'local',
};

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

const seconds = (ms: number) => Math.floor(ms / 1000);

/** A token that is issued now. `label` makes it different from others. */
function token(label: string): string {
  const claims = {
    sub: 'u-ada',
    name: label,
    iat: seconds(Date.now()),
    exp: seconds(Date.now()) + LIFETIME_SECONDS,
  };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

function storageWithSession(): Storage {
  const storage = memoryStorage();
  const prefix = 'CognitoIdentityServiceProvider.client';
  storage.setItem(`${prefix}.LastAuthUser`, 'ada');
  storage.setItem(`${prefix}.ada.idToken`, token('first'));
  storage.setItem(`${prefix}.ada.accessToken`, token('first'));
  storage.setItem(`${prefix}.ada.refreshToken`, 'refresh-token');
  storage.setItem(`${prefix}.ada.clockDrift`, '0');
  return storage;
}

interface CognitoCall {
  url: string;
  operation: string;
  body: unknown;
}

/** Replace the network by a Cognito that handles each operation with `handlers`. Returns the calls. */
function stubCognito(handlers: Record<string, () => Response | Promise<Response>>): CognitoCall[] {
  const calls: CognitoCall[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const target = new Headers(init.headers).get('x-amz-target') ?? '';
    const operation = target.replace('AWSCognitoIdentityProviderService.', '');
    calls.push({ url, operation, body: JSON.parse(init.body as string) as unknown });
    const handler = handlers[operation];
    return handler ? Promise.resolve(handler()) : Promise.reject(new TypeError('Failed to fetch'));
  });
  return calls;
}

const refreshed = () =>
  Response.json({ AuthenticationResult: { IdToken: token('second'), AccessToken: token('second') } });

const nameIn = (jwt: string) =>
  (JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { name: string }).name;

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('signing out', () => {
  it('revokes the refresh token at the configured endpoint', async () => {
    const calls = stubCognito({ RevokeToken: () => Response.json({}) });
    const provider = createCognitoIdentityProvider(config, storageWithSession());
    await provider.restore();
    await provider.signOut();
    expect(calls).toEqual([
      { url: ENDPOINT, operation: 'RevokeToken', body: { Token: 'refresh-token', ClientId: 'client' } },
    ]);
  });

  it('revokes the refresh token at the endpoint of the region if none is configured', async () => {
    const calls = stubCognito({ RevokeToken: () => Response.json({}) });
    const provider = createCognitoIdentityProvider({ ...config, cognitoEndpoint: '' }, storageWithSession());
    await provider.restore();
    await provider.signOut();
    expect(calls[0]?.url).toBe('https://cognito-idp.eu-central-1.amazonaws.com/');
  });

  it('deletes the stored tokens before Cognito responds', async () => {
    stubCognito({ RevokeToken: () => new Promise<Response>(() => undefined) });
    const storage = storageWithSession();
    const provider = createCognitoIdentityProvider(config, storage);
    await provider.restore();
    void provider.signOut();
    expect(storage).toHaveLength(0);
    await expect(provider.getIdToken()).rejects.toThrow('Not signed in.');
  });

  it.each([
    ['an unreachable network', {}],
    ['an error response', { RevokeToken: () => Response.json({ message: 'Down' }, { status: 500 }) }],
  ])('succeeds despite %s', async (_, handlers) => {
    stubCognito(handlers);
    const storage = storageWithSession();
    const provider = createCognitoIdentityProvider(config, storage);
    await provider.restore();
    await expect(provider.signOut()).resolves.toBeUndefined();
    expect(storage).toHaveLength(0);
    expect(await provider.restore()).toBeNull();
  });

  it('leaves no tokens behind if a refresh is in progress', async () => {
    let respond: () => void = () => undefined;
    stubCognito({
      RevokeToken: () => Response.json({}),
      InitiateAuth: () => new Promise<Response>((resolve) => (respond = () => resolve(refreshed()))),
    });
    const storage = storageWithSession();
    const provider = createCognitoIdentityProvider(config, storage);
    await provider.restore();
    vi.setSystemTime(NOW + LIFETIME_SECONDS * 1000);
    const pending = provider.getIdToken();
    await vi.advanceTimersByTimeAsync(0);
    await provider.signOut();
    respond();
    await expect(pending).rejects.toThrow('Not signed in.');
    expect(storage).toHaveLength(0);
  });
});

describe('the ID token', () => {
  it('is reused while it is valid', async () => {
    const calls = stubCognito({});
    const provider = createCognitoIdentityProvider(config, storageWithSession());
    vi.setSystemTime(NOW + (LIFETIME_SECONDS - 120) * 1000);
    expect(nameIn(await provider.getIdToken())).toBe('first');
    expect(calls).toHaveLength(0);
  });

  it.each([
    ['it has expired', LIFETIME_SECONDS + 1],
    ['it would expire on its way to the API', LIFETIME_SECONDS - 5],
  ])('is refreshed if %s', async (_, age) => {
    const calls = stubCognito({ InitiateAuth: refreshed });
    const provider = createCognitoIdentityProvider(config, storageWithSession());
    vi.setSystemTime(NOW + age * 1000);
    expect(nameIn(await provider.getIdToken())).toBe('second');
    expect(calls[0]).toMatchObject({
      url: ENDPOINT,
      body: { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: 'refresh-token' } },
    });
  });

  it('is refreshed once for calls at the same time', async () => {
    const calls = stubCognito({ InitiateAuth: refreshed });
    const provider = createCognitoIdentityProvider(config, storageWithSession());
    vi.setSystemTime(NOW + LIFETIME_SECONDS * 1000);
    const tokens = await Promise.all([provider.getIdToken(), provider.getIdToken(), provider.getIdToken()]);
    expect(tokens.map(nameIn)).toEqual(['second', 'second', 'second']);
    expect(calls).toHaveLength(1);
  });

  it('is used until it expires if Cognito is unreachable', async () => {
    stubCognito({});
    const provider = createCognitoIdentityProvider(config, storageWithSession());
    vi.setSystemTime(NOW + (LIFETIME_SECONDS - 30) * 1000);
    const pending = provider.getIdToken();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(nameIn(await pending)).toBe('first');
  });

  it('is not available after the refresh token was revoked', async () => {
    stubCognito({
      InitiateAuth: () =>
        Response.json(
          { __type: 'NotAuthorizedException', message: 'Refresh Token has been revoked' },
          { status: 400 },
        ),
    });
    const provider = createCognitoIdentityProvider(config, storageWithSession());
    vi.setSystemTime(NOW + LIFETIME_SECONDS * 1000);
    const pending = provider.getIdToken();
    const rejection = expect(pending).rejects.toThrow('Refresh Token has been revoked');
    await vi.advanceTimersByTimeAsync(10_000);
    await rejection;
  });
});
