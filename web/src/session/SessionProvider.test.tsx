// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { fakeIdentityProvider } from '../testing/renderConsole';
import type { IdentityProvider } from './cognitoIdentityProvider';
import { SessionProvider, useSession } from './SessionProvider';

function SessionStatus() {
  const { state, signOut, getIdToken } = useSession();
  const [call, setCall] = useState('not called');
  const callApi = () => {
    getIdToken().catch(() => setCall('call failed'));
  };
  return (
    <>
      <p>{state.kind === 'signed-out' && state.expired ? 'expired' : state.kind}</p>
      <p>{call}</p>
      <button onClick={signOut}>Sign out</button>
      <button onClick={callApi}>Call</button>
    </>
  );
}

async function renderSession(overrides: Partial<IdentityProvider>) {
  render(
    <SessionProvider identityProvider={fakeIdentityProvider(overrides)}>
      <SessionStatus />
    </SessionProvider>,
  );
  await screen.findByText('signed-in');
}

describe('a session', () => {
  it('ends immediately on sign-out, even if the token is never revoked', async () => {
    const signOut = vi.fn<() => Promise<void>>(() => new Promise(() => undefined));
    await renderSession({ signOut });
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(screen.getByText('signed-out')).toBeVisible();
    expect(signOut).toHaveBeenCalledOnce();
  });

  it('expires if the token can no longer be refreshed', async () => {
    await renderSession({ getIdToken: () => Promise.reject(new Error('Refresh Token has been revoked')) });
    await userEvent.click(screen.getByRole('button', { name: 'Call' }));
    expect(await screen.findByText('expired')).toBeVisible();
  });

  it('stays while the sign-in service is unreachable', async () => {
    await renderSession({ getIdToken: () => Promise.reject(new Error('Network error')) });
    await userEvent.click(screen.getByRole('button', { name: 'Call' }));
    expect(await screen.findByText('call failed')).toBeVisible();
    expect(screen.getByText('signed-in')).toBeVisible();
  });
});
