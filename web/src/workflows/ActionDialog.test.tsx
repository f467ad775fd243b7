// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Workflow } from '../api/types';
import { renderConsole, stubApi } from '../testing/renderConsole';
import { ActionDialog } from './ActionDialog';

const workflow = { workflowId: 'w-1', status: 'PENDING', version: 3 } as Workflow;
const ACTIONS = 'POST /workflows/w-1/actions';

function open(actionType: 'REJECT' | 'APPROVE' | 'REQUEST') {
  const onClose = vi.fn<() => void>();
  renderConsole(
    <ActionDialog actionType={actionType} fetched={{ workflow, etag: '"3"' }} onClose={onClose} />,
  );
  return onClose;
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

describe('the action dialog', () => {
  it('asks for a comment before it rejects, and sends nothing without one', async () => {
    const made = stubApi({});
    open('REJECT');
    await press('Reject');
    expect(await screen.findByText(/Say why/)).toBeVisible();
    expect(made).toHaveLength(0);
  });

  it('sends the action with the version it was made on and a key of its own', async () => {
    const made = stubApi({ [ACTIONS]: () => Response.json({ ...workflow, version: 4 }) });
    const onClose = open('REJECT');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Comment' }), ' Too dear. ');
    await press('Reject');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    const [request] = made;
    expect(await request?.json()).toEqual({ actionType: 'REJECT', comment: 'Too dear.' });
    expect(request?.headers.get('if-match')).toBe('"3"');
    expect(request?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(request?.headers.get('authorization')).toBe('Bearer id-token');
    expect(screen.getByText(/You rejected the request/)).toBeVisible();
  });

  it('has the focus on the comment, to be typed at once', async () => {
    stubApi({});
    open('APPROVE');
    const comment = await screen.findByRole('textbox');
    await waitFor(() => expect(comment).toHaveFocus());
  });

  it('leaves an optional comment out when it is empty', async () => {
    const made = stubApi({ [ACTIONS]: () => Response.json(workflow) });
    open('APPROVE');
    await press('Approve');
    await waitFor(() => expect(made).toHaveLength(1));
    expect(await made[0]?.json()).toEqual({ actionType: 'APPROVE' });
  });

  it('explains that somebody was first, and stays open', async () => {
    stubApi({ [ACTIONS]: () => Response.json({ title: 'Precondition Failed' }, { status: 412 }) });
    const onClose = open('APPROVE');
    await press('Approve');
    expect(await screen.findByText('Somebody acted on this workflow first')).toBeVisible();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('shows a fault of the comment beside the comment', async () => {
    const fault = { in: 'body', pointer: '/comment', detail: 'Not this word.' };
    stubApi({ [ACTIONS]: () => Response.json({ title: 'Bad request', errors: [fault] }, { status: 400 }) });
    open('APPROVE');
    await press('Approve');
    expect(await screen.findByText('Not this word.')).toBeVisible();
    expect(screen.getAllByText('Not this word.')).toHaveLength(1);
  });
});
