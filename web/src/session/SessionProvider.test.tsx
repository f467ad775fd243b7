// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ADA, fakeIdentityProvider, goOffline, type FakeIdentityProvider } from '../testing/renderConsole';
import { AuthGate } from './AuthGate';
import { SessionEndedError } from './identityProvider';
import type { HostState } from './session';
import { SessionProvider, useSession, useSessionEvent } from './SessionProvider';

function SessionStatus({ onExpired }: { onExpired: () => void }) {
  const { status, signOut, expire, getIdToken } = useSession();
  const [call, setCall] = useState('not called');
  useSessionEvent('expired', onExpired);
  const callApi = () => {
    getIdToken().catch(() => setCall('call failed'));
  };
  return (
    <>
      <p>{status}</p>
      <p>{call}</p>
      <button onClick={signOut}>Sign out</button>
      <button onClick={callApi}>Call</button>
      <button onClick={expire}>Reject the token</button>
    </>
  );
}

async function renderSession(overrides: FakeIdentityProvider) {
  const onExpired = vi.fn();
  render(
    <SessionProvider identityProvider={fakeIdentityProvider(overrides)}>
      <SessionStatus onExpired={onExpired} />
      <AuthGate>{(user) => <input aria-label={`Draft of ${user.name}`} />}</AuthGate>
    </SessionProvider>,
  );
  await screen.findByText('signed-in');
  return { onExpired };
}

const ended = () => Promise.reject(new SessionEndedError('The session has ended.'));
const click = (name: string) => userEvent.click(screen.getByText(name));

describe('a session', () => {
  it('ends immediately on sign-out, even if the token is never revoked', async () => {
    const signOut = vi.fn<() => Promise<void>>(() => new Promise(() => undefined));
    await renderSession({ signOut });
    await click('Sign out');
    expect(screen.getByText('signed-out')).toBeVisible();
    expect(screen.getByText('All tabs of this browser are signed out.')).toBeVisible();
    expect(signOut).toHaveBeenCalledOnce();
  });

  it('expires if the token can no longer be refreshed, and keeps the page', async () => {
    const { onExpired } = await renderSession({ getIdToken: ended });
    await userEvent.type(screen.getByLabelText('Draft of Ada'), 'typed');
    await click('Call');
    expect(await screen.findByText('expired')).toBeVisible();
    expect(await screen.findByText('Your session has ended')).toBeVisible();
    expect(screen.getByLabelText('Draft of Ada')).toHaveValue('typed');
    expect(onExpired).toHaveBeenCalledOnce();
  });

  it('that has expired stays visible after its dialog is closed', async () => {
    const signIn = vi.fn(() => Promise.resolve());
    await renderSession({ getIdToken: ended, signIn });
    await click('Call');
    await screen.findByRole('dialog', { name: 'Your session has ended' });
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('Your session has ended')).toBeVisible();
    await click('Sign in again');
    expect(signIn).toHaveBeenCalledOnce();
  });

  it('stays if the API rejects a token that can be replaced', async () => {
    const getIdToken = vi
      .fn<(rejected?: string) => Promise<string>>()
      .mockResolvedValueOnce('first')
      .mockResolvedValueOnce('second');
    await renderSession({ getIdToken });
    await click('Call');
    await click('Reject the token');
    expect(getIdToken).toHaveBeenLastCalledWith('first');
    expect(screen.getByText('signed-in')).toBeVisible();
  });

  it('expires if the API rejects a token that cannot be replaced', async () => {
    await renderSession({ getIdToken: ended });
    await click('Reject the token');
    expect(await screen.findByText('expired')).toBeVisible();
  });

  it('stays while the sign-in service is unreachable', async () => {
    await renderSession({ getIdToken: () => Promise.reject(new TypeError('Failed to fetch')) });
    await click('Call');
    expect(await screen.findByText('call failed')).toBeVisible();
    expect(screen.getByText('signed-in')).toBeVisible();
  });

  it('shows that the browser is offline until it is online again', async () => {
    await renderSession({});
    expect(screen.queryByText(/You're offline/)).toBeNull();
    let network: ReturnType<typeof goOffline> | undefined;
    act(() => {
      network = goOffline();
    });
    expect(screen.getByText('offline')).toBeVisible();
    expect(screen.getByText(/You're offline/)).toBeVisible();
    act(() => network?.restore());
    expect(screen.getByText('signed-in')).toBeVisible();
  });

  it.each<[HostState, string]>([
    [{ kind: 'signed-out' }, 'signed-out'],
    [{ kind: 'expired', user: ADA }, 'expired'],
  ])('follows other tabs to %j', async (state, status) => {
    let notify: () => void = () => undefined;
    await renderSession({
      getState: () => Promise.resolve(state),
      subscribe: (listener) => {
        notify = listener;
        return () => undefined;
      },
    });
    act(notify);
    expect(await screen.findByText(status)).toBeVisible();
  });

  it('continues after a sign-in in another tab', async () => {
    let notify: () => void = () => undefined;
    await renderSession({
      getIdToken: ended,
      subscribe: (listener) => {
        notify = listener;
        return () => undefined;
      },
    });
    await click('Call');
    await screen.findByText('expired');
    act(notify);
    expect(await screen.findByText('signed-in')).toBeVisible();
    expect(screen.queryByText('Your session has ended')).toBeNull();
  });
});
