// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ADA, fakeIdentityProvider } from '../testing/renderConsole';
import type { IdentityProvider } from './cognitoIdentityProvider';
import { SessionProvider, useSession } from './SessionProvider';
import { SignInPage } from './SignInPage';

function AuthGate() {
  const { state } = useSession();
  return state.kind === 'signed-in' ? <p>Welcome {state.user.name}</p> : <SignInPage ended={false} />;
}

function arrive(overrides: Partial<IdentityProvider>) {
  const identity = fakeIdentityProvider({ restore: () => Promise.resolve(null), ...overrides });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <SessionProvider identity={identity}>
        <AuthGate />
      </SessionProvider>
    </QueryClientProvider>,
  );
}

async function signIn(email: string, password: string) {
  if (email) await userEvent.type(await screen.findByLabelText('E-mail'), email);
  if (password) await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('signing in', () => {
  it('lets in whoever Cognito knows', async () => {
    const attempt = vi.fn<IdentityProvider['signIn']>().mockResolvedValue({ kind: 'user', user: ADA });
    arrive({ signIn: attempt });
    await signIn(' ada@example.com', 'secret');
    expect(await screen.findByText('Welcome Ada')).toBeVisible();
    expect(attempt).toHaveBeenCalledWith('ada@example.com', 'secret');
  });

  it('says what is missing, and asks Cognito nothing', async () => {
    const attempt = vi.fn<IdentityProvider['signIn']>();
    arrive({ signIn: attempt });
    await signIn('ada@example.com', '');
    expect(screen.getByText('Enter your password.')).toBeVisible();
    expect(attempt).not.toHaveBeenCalled();
  });

  it('says why somebody stays outside', async () => {
    const refused = Object.assign(new Error('Incorrect username or password.'), {
      name: 'NotAuthorizedException',
    });
    arrive({ signIn: () => Promise.reject(refused) });
    await signIn('ada@example.com', 'wrong');
    expect(await screen.findByText('The e-mail or the password is wrong.')).toBeVisible();
  });

  it('asks for a password of one’s own where an administrator made the account', async () => {
    const choose = vi.fn(() => Promise.resolve({ kind: 'user' as const, user: ADA }));
    arrive({ signIn: () => Promise.resolve({ kind: 'new-password', choose }) });
    await signIn('ada@example.com', 'temporary');
    await userEvent.type(await screen.findByLabelText('New password'), 'my own');
    await userEvent.click(screen.getByRole('button', { name: 'Set password and sign in' }));
    expect(await screen.findByText('Welcome Ada')).toBeVisible();
    expect(choose).toHaveBeenCalledWith('my own');
  });
});

describe('a session that was kept', () => {
  it('is taken up again', async () => {
    arrive({ restore: () => Promise.resolve(ADA) });
    expect(await screen.findByText('Welcome Ada')).toBeVisible();
  });
});
