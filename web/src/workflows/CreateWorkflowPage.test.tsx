// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { Scheme } from '../api/types';
import { accessibilityViolations } from '../testing/axe';
import { ADA, fakeIdentityProvider, goOffline, renderConsole, stubApi } from '../testing/renderConsole';
import CreateWorkflowPage from './CreateWorkflowPage';

const CREATE = 'POST /workflows';
const SCHEMES = 'GET /schemes';

const scheme = {
  schemeId: 'travel',
  version: 1,
  name: 'Travel',
  steps: [
    {
      stepId: 'approval',
      name: 'Approval',
      approvers: {
        users: [
          { userId: 'u-ada', name: 'Ada' },
          { userId: 'u-bo', name: 'Bo' },
          { userId: 'u-gone', name: null },
        ],
        groups: ['finance'],
      },
    },
  ],
} as unknown as Scheme;

function renderPage(handlers: Parameters<typeof stubApi>[0] = {}, userId = 'u-ada') {
  const requests = stubApi({
    [SCHEMES]: () => Response.json({ items: [scheme], cursor: null }),
    [CREATE]: () => Response.json({ workflowId: 'w-1', title: 'Train', version: 1 }, { status: 201 }),
    ...handlers,
  });
  const router = createMemoryRouter([
    { path: '/', element: <CreateWorkflowPage /> },
    { path: '/work', element: <p>My work</p> },
    { path: '/workflows/:workflowId', element: <p>The new workflow</p> },
  ]);
  const page = renderConsole(
    <RouterProvider router={router} />,
    fakeIdentityProvider({ restore: () => Promise.resolve({ ...ADA, userId }) }),
  );
  return { ...page, requests, router };
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const title = () => screen.findByLabelText('Title');
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const posts = (requests: Request[]) => requests.filter(({ method }) => method === 'POST');

describe('the form for a new workflow', () => {
  it('shows who approves, and sends a request with its comment', async () => {
    const { requests, container } = renderPage();
    const steps = within(await screen.findByRole('group', { name: 'Who must approve, and how' }));
    expect(steps.getByText('finance')).toBeVisible();
    expect(steps.getByText('You')).toBeVisible();
    expect(steps.getByText('Bo')).toBeVisible();
    expect(steps.getByText('1 person')).toBeVisible();
    await userEvent.type(await title(), ' Train to Basel ');
    type('Name 1', 'note');
    type('Value 1', 'two\nlines');
    await userEvent.type(screen.getByLabelText(/^Comment for the approvers/), 'Cheap ');
    expect(await accessibilityViolations(container)).toEqual([]);
    await press('Request approval');
    expect(await screen.findByText('The new workflow')).toBeVisible();
    expect(await posts(requests)[0]?.json()).toEqual({
      actionType: 'REQUEST',
      scheme: 'travel',
      title: 'Train to Basel',
      data: { note: 'two\nlines' },
      comment: 'Cheap',
    });
    expect(screen.getByText('You requested approval for “Train to Basel”.')).toBeVisible();
  });

  it('says what is missing, focuses the first field with an error, and sends nothing', async () => {
    const { requests } = renderPage();
    await screen.findByRole('group', { name: 'Who must approve, and how' });
    await press('Add field');
    type('Value 2', '5');
    await press('Save draft');
    expect(await screen.findByText('Enter a title.')).toBeVisible();
    expect(screen.getByText('Enter a name.')).toBeVisible();
    expect(await title()).toHaveFocus();
    type('Name 2', 'amount');
    await waitFor(() => expect(screen.queryByText('Enter a name.')).not.toBeInTheDocument());
    expect(posts(requests)).toHaveLength(0);
  });

  it('keeps what the user typed if the connection is gone, and sends it once', async () => {
    const { requests } = renderPage();
    await screen.findByRole('group', { name: 'Who must approve, and how' });
    await userEvent.type(await title(), 'Train');
    const connection = goOffline();
    await press('Save draft');
    expect(await screen.findByText(/^Can.t connect to Countersign$/)).toBeVisible();
    expect(await title()).toHaveValue('Train');
    connection.restore();
    await press('Save draft');
    expect(await screen.findByText('The new workflow')).toBeVisible();
    expect(posts(requests)).toHaveLength(1);
  });

  it('switches between form and JSON, and refuses if something would be lost', async () => {
    renderPage();
    await title();
    type('Name 1', 'amount');
    type('Value 1', '12');
    await press('Add field');
    type('Value 2', 'no name');
    await press('JSON');
    expect(screen.getByText('Fix the fields below first.')).toBeVisible();
    type('Name 2', 'note');
    await press('JSON');
    const editor = await screen.findByRole('textbox', { name: 'Data as JSON' });
    expect(editor).toHaveTextContent('"note": "no name"');
    await press('Form');
    expect(await screen.findByLabelText('Name 2')).toHaveValue('note');
  });
});

describe('what the user typed', () => {
  it('is not lost by navigating without a question', async () => {
    const { router } = renderPage();
    await userEvent.type(await title(), 'Train');
    await act(() => router.navigate('/work'));
    await press('Keep editing');
    expect(await title()).toHaveValue('Train');
    await act(() => router.navigate('/work'));
    await press('Discard and leave');
    expect(await screen.findByText('My work')).toBeVisible();
    expect(sessionStorage).toHaveLength(0);
  });

  it('needs no question if the form is empty', async () => {
    const { router } = renderPage();
    await title();
    await act(() => router.navigate('/work'));
    expect(await screen.findByText('My work')).toBeVisible();
  });

  it('is there after a reload, and the user can start over', async () => {
    const { unmount } = renderPage();
    await userEvent.type(await title(), 'Train');
    type('Name 1', 'amount');
    unmount();
    renderPage();
    expect(await title()).toHaveValue('Train');
    expect(screen.getByLabelText('Name 1')).toHaveValue('amount');
    expect(screen.getByText(/^What you typed before is still here/)).toBeVisible();
    await press('Start over');
    expect(await title()).toHaveValue('');
    expect(screen.queryByText(/^What you typed before/)).not.toBeInTheDocument();
  });

  it('is for the same user only', async () => {
    const { unmount } = renderPage();
    await userEvent.type(await title(), 'Train');
    unmount();
    renderPage({}, 'u-bo');
    expect(await title()).toHaveValue('');
    expect(sessionStorage).toHaveLength(0);
  });

  it('is deleted after it was sent', async () => {
    const { unmount } = renderPage();
    await screen.findByRole('group', { name: 'Who must approve, and how' });
    await userEvent.type(await title(), 'Train');
    await press('Save draft');
    await screen.findByText('The new workflow');
    unmount();
    renderPage();
    expect(await title()).toHaveValue('');
  });

  it.each(['{', '{"values":{"title":1},"etag":null}', '[]'])(
    'is ignored if the storage has something else: %s',
    async (stored) => {
      sessionStorage.setItem('countersign.draft.u-ada.new', stored);
      renderPage();
      expect(await title()).toHaveValue('');
    },
  );
});
