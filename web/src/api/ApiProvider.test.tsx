// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import { useSchemes } from '../workflows/useSchemes';

function Schemes() {
  useSchemes();
  return null;
}

it('a token that the service refuses ends the session, and nothing of it is kept', async () => {
  stubApi({ 'GET /schemes': () => Response.json({ message: 'Unauthorized' }, { status: 401 }) });
  const signOut = vi.fn<() => void>();
  renderConsole(<Schemes />, fakeIdentityProvider({ signOut }));
  expect(await screen.findByText('The session has ended')).toBeVisible();
  expect(signOut).toHaveBeenCalledOnce();
});
