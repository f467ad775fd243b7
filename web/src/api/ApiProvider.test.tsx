// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { SessionEndedError } from '../session/identityProvider';
import { fakeIdentityProvider, goOffline, renderConsole, stubApi } from '../testing/renderConsole';
import { useCreateWorkflow } from '../workflows/queries';
import { useSchemes } from '../schemes/useSchemes';

function Schemes() {
  return <p>{useSchemes().status}</p>;
}

function CreateButton() {
  const create = useCreateWorkflow();
  return (
    <>
      <button
        onClick={() => create.mutate({ actionType: 'SAVE', scheme: 'purchase', title: 'Laptops', data: {} })}
      >
        Create
      </button>
      <p>{create.status}</p>
    </>
  );
}

describe('the API provider', () => {
  it('ends the session if the API rejects the token and there is no other', async () => {
    stubApi({ 'GET /schemes': () => Response.json({ message: 'Unauthorized' }, { status: 401 }) });
    const getIdToken = vi.fn((rejected?: string) =>
      rejected
        ? Promise.reject(new SessionEndedError('The session has ended.'))
        : Promise.resolve('id-token'),
    );
    renderConsole(<Schemes />, fakeIdentityProvider({ getIdToken }));
    expect(await screen.findByText('The session has ended')).toBeVisible();
    expect(getIdToken).toHaveBeenLastCalledWith('id-token');
  });

  it('sends a write that was made offline neither immediately nor when the connection is back', async () => {
    const requests = stubApi({ 'POST /workflows': () => Response.json({}) });
    renderConsole(<CreateButton />);
    const button = await screen.findByRole('button', { name: 'Create' });
    const connection = goOffline();
    await userEvent.click(button);
    await waitFor(() => expect(screen.getByText('error')).toBeVisible());
    connection.restore();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(requests).toHaveLength(0);
  });

  it('fetches failed queries again when the connection is back', async () => {
    let status = 404;
    stubApi({
      'GET /schemes': () =>
        Response.json({ items: [{ schemeId: 's', name: 'S' }], cursor: null }, { status }),
    });
    renderConsole(<Schemes />);
    await screen.findByText('error');
    const connection = goOffline();
    status = 200;
    connection.restore();
    expect(await screen.findByText('success')).toBeVisible();
  });
});
