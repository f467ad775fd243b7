// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { REQUEST_TIMEOUT_MS } from '../api/client';
import type { Workflow } from '../api/types';
import { fakeIdentityProvider, goOffline, renderConsole, stubApi } from '../testing/renderConsole';
import { ActionDialog, type ConfirmedAction } from './ActionDialog';
import { useWorkflow } from './queries';

const workflow = { workflowId: 'w-1', title: 'Laptops', status: 'PENDING', version: 3 } as Workflow;
const ACTIONS = 'POST /workflows/w-1/actions';

function renderDialog(actionType: ConfirmedAction, identityProvider = fakeIdentityProvider()) {
  const onClose = vi.fn<(comment?: string) => void>();
  renderConsole(
    <ActionDialog actionType={actionType} opened={{ workflow, etag: '"3"' }} onClose={onClose} />,
    identityProvider,
  );
  return onClose;
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

/** A response that arrives when the test says so. */
function pendingResponse() {
  let resolve: (response: Response) => void = () => undefined;
  const promise = new Promise<Response>((settle) => (resolve = settle));
  return { promise, respond: (response: Response) => resolve(response) };
}

afterEach(() => void vi.useRealTimers());

describe('the action dialog', () => {
  it('requires a comment for a rejection and sends nothing without one', async () => {
    const requests = stubApi({});
    renderDialog('REJECT');
    await press('Reject');
    expect(await screen.findByText(/^Enter a comment/)).toBeVisible();
    expect(requests).toHaveLength(0);
  });

  it.each([
    ['APPROVE', 'Approve', 'You approved “Laptops”.'],
    ['REJECT', 'Reject', 'You rejected “Laptops”.'],
  ] as const)('sends %s with the version that the user sees', async (actionType, button, message) => {
    const requests = stubApi({ [ACTIONS]: () => Response.json({ ...workflow, version: 4 }) });
    const onClose = renderDialog(actionType);
    await userEvent.type(await screen.findByRole('textbox'), ' Too expensive. ');
    await press(button);
    await waitFor(() => expect(onClose).toHaveBeenCalledExactlyOnceWith());
    const [request] = requests;
    expect(await request?.json()).toEqual({ actionType, comment: 'Too expensive.' });
    expect(request?.headers.get('if-match')).toBe('"3"');
    expect(request?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(request?.headers.get('authorization')).toBe('Bearer id-token');
    expect(screen.getByText(message)).toBeVisible();
  });

  it('focuses the comment when it opens', async () => {
    stubApi({});
    renderDialog('APPROVE');
    const comment = await screen.findByRole('textbox');
    await waitFor(() => expect(comment).toHaveFocus());
  });

  it('does not send an empty comment', async () => {
    const requests = stubApi({ [ACTIONS]: () => Response.json(workflow) });
    renderDialog('APPROVE');
    await press('Approve');
    await waitFor(() => expect(requests).toHaveLength(1));
    expect(await requests[0]?.json()).toEqual({ actionType: 'APPROVE' });
  });

  it('shows an error of the comment at the comment', async () => {
    const error = { in: 'body', pointer: '/comment', detail: 'This word is not allowed.' };
    stubApi({ [ACTIONS]: () => Response.json({ title: 'Bad request', errors: [error] }, { status: 400 }) });
    renderDialog('APPROVE');
    await press('Approve');
    expect(await screen.findByText('This word is not allowed.')).toBeVisible();
    expect(screen.getAllByText('This word is not allowed.')).toHaveLength(1);
  });
});

describe('a decision about a workflow that has changed', () => {
  /** A page that opens the dialog on version 3, while the service has version 4. */
  function Page({ onClose }: { onClose: (comment?: string) => void }) {
    const query = useWorkflow('w-1');
    const [isOpen, setIsOpen] = useState(false);
    if (!query.data) return null;
    return (
      <>
        <p>Version {query.data.workflow.version}</p>
        <button onClick={() => setIsOpen(true)}>Decide</button>
        {isOpen && <ActionDialog actionType="APPROVE" opened={query.data} onClose={onClose} />}
      </>
    );
  }

  it('is not applied: the dialog says so, the page loads the latest version, and the comment is kept', async () => {
    let version = 3;
    const requests = stubApi({
      'GET /workflows/w-1': () => Response.json({ ...workflow, version }),
      [ACTIONS]: () => Response.json({ type: '/docs/problems/version-stale.md' }, { status: 412 }),
    });
    const onClose = vi.fn<(comment?: string) => void>();
    renderConsole(<Page onClose={onClose} />);
    await press('Decide');
    await userEvent.type(await screen.findByRole('textbox'), 'Fine');
    version = 4;
    await press('Approve');
    expect(await screen.findByText('This workflow has changed')).toBeVisible();
    expect(screen.getByText('Version 4')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
    await press('Review latest version');
    expect(onClose).toHaveBeenCalledExactlyOnceWith('Fine');
    expect(requests.filter((request) => request.method === 'POST')).toHaveLength(1);
  });
});

describe('a decision on a slow connection', () => {
  it('locks the dialog until its outcome is known', async () => {
    const response = pendingResponse();
    const requests = stubApi({ [ACTIONS]: () => response.promise });
    const onClose = renderDialog('APPROVE');
    await press('Approve');
    await waitFor(() => expect(requests).toHaveLength(1));
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled();
    await press('Close');
    await userEvent.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    response.respond(Response.json(workflow));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it('ends after the time limit and can be sent again with the same idempotency key', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const requests = stubApi({
      [ACTIONS]: (request) =>
        new Promise((_, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
        }),
    });
    const onClose = renderDialog('APPROVE');
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(requests).toHaveLength(1));
    await act(() => vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS));
    expect(await screen.findByText('Countersign is taking too long to respond')).toBeVisible();
    expect(screen.getByText(/might already be recorded/)).toBeVisible();
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(requests).toHaveLength(2));
    const keys = requests.map((request) => request.headers.get('idempotency-key'));
    expect(keys[1]).toBe(keys[0]);
  });

  it('is never sent if the token arrives after the time limit', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let provideToken: (token: string) => void = () => undefined;
    const requests = stubApi({ [ACTIONS]: () => Response.json(workflow) });
    renderDialog(
      'APPROVE',
      fakeIdentityProvider({ getIdToken: () => new Promise((resolve) => (provideToken = resolve)) }),
    );
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    await act(() => vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS));
    expect(await screen.findByText('Countersign is taking too long to respond')).toBeVisible();
    provideToken('late-token');
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(requests).toHaveLength(0);
  });
});

describe('a decision without a connection', () => {
  it('fails immediately, and is not sent after the user cancels and the connection is back', async () => {
    const requests = stubApi({ [ACTIONS]: () => Response.json(workflow) });
    const onClose = renderDialog('APPROVE');
    await screen.findByRole('textbox');
    const connection = goOffline();
    await press('Approve');
    expect(await screen.findByText(/^Can.t connect to Countersign$/)).toBeVisible();
    await press('Cancel');
    expect(onClose).toHaveBeenCalledOnce();
    connection.restore();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(requests).toHaveLength(0);
  });
});

describe('a decision whose dialog is gone', () => {
  /** A page that the user can leave while the dialog is sending. */
  function Page() {
    const [isOpen, setIsOpen] = useState(true);
    return (
      <>
        <button onClick={() => setIsOpen(false)}>Leave</button>
        {isOpen && (
          <ActionDialog actionType="APPROVE" opened={{ workflow, etag: '"3"' }} onClose={() => undefined} />
        )}
      </>
    );
  }

  async function leaveWhileSending() {
    const response = pendingResponse();
    const requests = stubApi({ [ACTIONS]: () => response.promise });
    renderConsole(<Page />);
    await press('Approve');
    await waitFor(() => expect(requests).toHaveLength(1));
    await press('Leave');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    return response;
  }

  it('shows its success at the top of the page', async () => {
    const response = await leaveWhileSending();
    response.respond(Response.json(workflow));
    expect(await screen.findByText('You approved “Laptops”.')).toBeVisible();
  });

  it('shows its failure at the top of the page', async () => {
    const response = await leaveWhileSending();
    response.respond(
      Response.json({ title: 'Already approved', detail: 'The step is complete.' }, { status: 409 }),
    );
    expect(await screen.findByText(/Couldn.t approve “Laptops” Already approved. The step/)).toBeVisible();
  });

  it('asks the user to check the workflow if the outcome is unknown', async () => {
    const response = await leaveWhileSending();
    response.respond(Response.json({ title: 'Internal error' }, { status: 500 }));
    expect(await screen.findByText(/Check whether your action was recorded/)).toBeVisible();
  });
});
