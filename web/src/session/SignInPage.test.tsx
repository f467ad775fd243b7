// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ADA, fakeIdentityProvider } from '../testing/renderConsole';
import { AuthGate } from './AuthGate';
import type { IdentityProvider } from './cognitoIdentityProvider';
import { SessionProvider } from './SessionProvider';

function renderSignIn(overrides: Partial<IdentityProvider>) {
  const identityProvider = fakeIdentityProvider({ restore: () => Promise.resolve(null), ...overrides });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <SessionProvider identityProvider={identityProvider}>
        <AuthGate>{(user) => <p>Welcome {user.name}</p>}</AuthGate>
      </SessionProvider>
    </QueryClientProvider>,
  );
}

async function signIn(email: string, password: string) {
  if (email) await userEvent.type(await screen.findByLabelText('Email'), email);
  if (password) await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('the sign-in page', () => {
  it('signs in with email and password', async () => {
    const attempt = vi.fn<IdentityProvider['signIn']>().mockResolvedValue({ kind: 'signed-in', user: ADA });
    renderSignIn({ signIn: attempt });
    await signIn(' ada@example.com', 'secret');
    expect(await screen.findByText('Welcome Ada')).toBeVisible();
    expect(attempt).toHaveBeenCalledWith('ada@example.com', 'secret');
  });

  it('says which field is empty and does not call Cognito', async () => {
    const attempt = vi.fn<IdentityProvider['signIn']>();
    renderSignIn({ signIn: attempt });
    await signIn('ada@example.com', '');
    expect(screen.getByText('Enter your password.')).toBeVisible();
    expect(attempt).not.toHaveBeenCalled();
  });

  it('says why the sign-in failed', async () => {
    const error = Object.assign(new Error('Incorrect username or password.'), {
      name: 'NotAuthorizedException',
    });
    renderSignIn({ signIn: () => Promise.reject(error) });
    await signIn('ada@example.com', 'wrong');
    expect(await screen.findByText('The email or password is incorrect.')).toBeVisible();
  });

  it('asks for a new password if an administrator created the account', async () => {
    const setPassword = vi.fn(() => Promise.resolve({ kind: 'signed-in' as const, user: ADA }));
    renderSignIn({ signIn: () => Promise.resolve({ kind: 'new-password-required', setPassword }) });
    await signIn('ada@example.com', 'temporary');
    await userEvent.type(await screen.findByLabelText('New password'), 'my own');
    await userEvent.click(screen.getByRole('button', { name: 'Set password and sign in' }));
    expect(await screen.findByText('Welcome Ada')).toBeVisible();
    expect(setPassword).toHaveBeenCalledWith('my own');
  });

  it('is skipped if the tab has a valid session', async () => {
    renderSignIn({ restore: () => Promise.resolve(ADA) });
    expect(await screen.findByText('Welcome Ada')).toBeVisible();
  });

  it('says that the session has ended if it can no longer be restored', async () => {
    renderSignIn({ restore: () => Promise.reject(new Error('Refresh Token has expired')) });
    expect(await screen.findByText('Your session has ended. Sign in again to continue.')).toBeVisible();
  });
});
