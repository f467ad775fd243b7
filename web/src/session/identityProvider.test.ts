import type { Remote } from 'comlink';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStorage } from '../testing/memoryStorage';
import { consoleUrl, createIdentityProvider, SessionEndedError } from './identityProvider';
import type { HostState, SessionHost, SignInResult, TokenResult } from './session';

const USER = { userId: 'u-ada', name: 'Ada', email: 'ada@example.com', groups: [] };
const HOME = 'https://console.example.com/';

interface Setup {
  href?: string;
  state?: HostState;
  result?: SignInResult;
  token?: TokenResult;
}

let storage: ReturnType<typeof memoryStorage>;
beforeEach(() => {
  vi.stubGlobal('navigator', { onLine: true });
  storage = memoryStorage();
});

function createTab({ href = `${HOME}#/inbox`, state = { kind: 'signed-out' }, result, token }: Setup) {
  const host = {
    configure: vi.fn(() => Promise.resolve()),
    getState: vi.fn(() => Promise.resolve(state)),
    getIdToken: vi.fn(() => Promise.resolve(token ?? { kind: 'ended' as const })),
    startSignIn: vi.fn(() =>
      Promise.resolve({ url: 'https://login.example.com/', id: 'id', pending: 'verifier' }),
    ),
    completeSignIn: vi.fn(() => Promise.resolve(result ?? { kind: 'failed' as const, message: 'no' })),
    signOut: vi.fn(() => Promise.resolve('https://login.example.com/logout')),
  };
  const assign = vi.fn();
  const replaceState = vi.fn();
  const provider = createIdentityProvider(
    host as unknown as Remote<SessionHost>,
    { issuer: 'issuer', loginUrl: 'login', userPoolClientId: 'client', cognitoEndpoint: 'cognito' },
    { location: { href, hash: new URL(href).hash, assign }, history: { replaceState }, storage },
  );
  return { provider, host, assign, replaceState };
}

describe('a tab', () => {
  it.each([
    ['https://console.example.com/?code=1#/inbox', HOME],
    ['https://console.example.com/index.html', HOME],
    ['https://example.com/console/index.html#/', 'https://example.com/console/'],
  ])('at %s has the URL %s', (href, expected) => {
    expect(consoleUrl(href)).toBe(expected);
  });

  it('joins the session of the other tabs', async () => {
    const { provider, assign } = createTab({ state: { kind: 'signed-in', user: USER } });
    expect(await provider.restore()).toEqual({ kind: 'signed-in', user: USER });
    expect(assign).not.toHaveBeenCalled();
  });

  it('without a session leaves for managed login, which returns to the page', async () => {
    const { provider, host, assign } = createTab({});
    expect(await provider.restore()).toEqual({ kind: 'leaving' });
    expect(host.startSignIn).toHaveBeenCalledWith('#/inbox');
    expect(assign).toHaveBeenCalledWith('https://login.example.com/');
  });

  it('stays signed out after a sign-out, until the user signs in', async () => {
    const { provider, assign } = createTab({ state: { kind: 'signed-in', user: USER } });
    await provider.signOut();
    expect(assign).toHaveBeenLastCalledWith('https://login.example.com/logout');
    const returned = createTab({});
    expect(await returned.provider.restore()).toEqual({ kind: 'signed-out' });
    await returned.provider.signIn();
    expect(returned.assign).toHaveBeenCalledWith('https://login.example.com/');
  });

  it('stays signed out after a sign-out in another tab', async () => {
    await createTab({}).provider.getState();
    expect(await createTab({}).provider.restore()).toEqual({ kind: 'signed-out' });
  });

  it('completes a sign-in once, and shows the page it started from', async () => {
    await createTab({}).provider.signIn();
    const result = { kind: 'signed-in', user: USER, returnTo: '#/inbox' } as const;
    const { provider, host, replaceState } = createTab({ href: `${HOME}?code=c&state=id`, result });
    expect(await provider.restore()).toEqual({ kind: 'signed-in', user: USER });
    expect(await provider.restore()).toEqual({ kind: 'signed-in', user: USER });
    expect(host.completeSignIn).toHaveBeenCalledExactlyOnceWith(`${HOME}?code=c&state=id`, {
      id: 'id',
      pending: 'verifier',
    });
    expect(replaceState.mock.calls.map(([, , url]) => url as string)).toEqual([HOME, `${HOME}#/inbox`]);
    expect(storage.names()).toEqual([]);
  });

  it('does not return to an address outside of the console', async () => {
    await createTab({}).provider.signIn();
    const result = { kind: 'signed-in', user: USER, returnTo: '//evil.example.com' } as const;
    const { provider, replaceState } = createTab({ href: `${HOME}?code=c&state=id`, result });
    await provider.restore();
    expect(replaceState.mock.calls.map(([, , url]) => url as string)).toEqual([HOME]);
  });

  it('rejects a response of managed login that it did not request', async () => {
    const { provider, host } = createTab({ href: `${HOME}?code=c&state=id` });
    expect((await provider.restore()).kind).toBe('failed');
    expect(host.completeSignIn).not.toHaveBeenCalled();
  });

  it('says why it has no token', async () => {
    const { provider } = createTab({ token: { kind: 'unreachable' } });
    await expect(provider.getIdToken()).rejects.toThrow(TypeError);
    await expect(createTab({}).provider.getIdToken()).rejects.toThrow(SessionEndedError);
  });
});
