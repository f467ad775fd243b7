// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { describe, expect, it, vi } from 'vitest';
import type { Workflow } from '../api/types';
import { renderConsole, stubApi } from '../testing/renderConsole';
import EditForm from './EditForm';
import { useWorkflow } from './queries';

const PAGE = 'GET /workflows/w-1';
const ACTIONS = 'POST /workflows/w-1/actions';
const workflow = (version: number) =>
  ({
    workflowId: 'w-1',
    title: `Title ${version}`,
    scheme: 'travel',
    status: 'DRAFT',
    version,
    data: {},
    allowedActions: ['SAVE'],
  }) as unknown as Workflow;

/** A page with the form. Fetch loads the workflow again, as a notification does. */
function Page({ onClose }: { onClose: () => void }) {
  const query = useWorkflow('w-1');
  const [isEditing, setIsEditing] = useState(false);
  if (!query.data) return null;
  return (
    <>
      <p>Version {query.data.workflow.version}</p>
      <button onClick={() => void query.refetch()}>Fetch</button>
      <button onClick={() => setIsEditing(true)}>Edit</button>
      {isEditing && <EditForm opened={query.data} onClose={onClose} />}
    </>
  );
}

/** Render the page in a router: the form asks before the user leaves it. */
function renderPage(onClose: () => void) {
  const router = createMemoryRouter([
    { path: '/', element: <Page onClose={onClose} /> },
    { path: '/other', element: <p>Another page</p> },
  ]);
  return { ...renderConsole(<RouterProvider router={router} />), router };
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

/** Open the form on version 1, and save after the page has loaded version 2. */
async function saveStaleVersion() {
  let version = 1;
  const requests = stubApi({
    [PAGE]: () => Response.json(workflow(version)),
    [ACTIONS]: (request) =>
      request.headers.get('if-match') === `"${version}"`
        ? Response.json(workflow(version + 1))
        : Response.json({ title: 'Precondition Failed' }, { status: 412 }),
  });
  const onClose = vi.fn<() => void>();
  renderPage(onClose);
  await press('Edit');
  version = 2;
  await press('Fetch');
  await screen.findByText('Version 2');
  await userEvent.clear(screen.getByLabelText('Title'));
  await userEvent.type(screen.getByLabelText('Title'), 'Mine');
  await press('Save changes');
  await screen.findByText('This workflow has changed');
  const writes = () => requests.filter((request) => request.method === 'POST');
  return { onClose, writes };
}

describe('a draft that changed elsewhere while the form was open', () => {
  it('is not overwritten, even if the page has loaded the change', async () => {
    const { onClose, writes } = await saveStaleVersion();
    expect(writes().map((request) => request.headers.get('if-match'))).toEqual(['"1"']);
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.getByLabelText('Title')).toHaveValue('Mine');
  });

  it('is overwritten if the user saves again', async () => {
    const { onClose, writes } = await saveStaleVersion();
    await press('Save changes');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(writes().map((request) => request.headers.get('if-match'))).toEqual(['"1"', '"2"']);
  });
});

it('a form that is saving can not be canceled', async () => {
  let respond: (response: Response) => void = () => undefined;
  stubApi({
    [PAGE]: () => Response.json(workflow(1)),
    [ACTIONS]: () => new Promise((resolve) => (respond = resolve)),
  });
  const onClose = vi.fn<() => void>();
  renderPage(onClose);
  await press('Edit');
  await press('Save changes');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled());
  respond(Response.json(workflow(2)));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(screen.getByText('Changes saved: “Title 1”.')).toBeVisible();
});

describe('changes that are not saved', () => {
  async function type() {
    const requests = stubApi({
      [PAGE]: () => Response.json({ ...workflow(1), allowedActions: ['SAVE', 'REQUEST'] }),
      [ACTIONS]: () => Response.json(workflow(2)),
    });
    const onClose = vi.fn<() => void>();
    const page = renderPage(onClose);
    await press('Edit');
    await userEvent.type(screen.getByLabelText('Title'), '!');
    return { ...page, onClose, requests };
  }

  it('are not discarded by Cancel without a question', async () => {
    const { onClose } = await type();
    await press('Cancel');
    await press('Keep editing');
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.getByLabelText('Title')).toHaveValue('Title 1!');
    await press('Cancel');
    await press('Discard and leave');
    expect(onClose).toHaveBeenCalledOnce();
    expect(sessionStorage).toHaveLength(0);
  });

  it('are kept for the next time that the form opens, with the version that they change', async () => {
    const { unmount } = await type();
    unmount();
    const requests = stubApi({
      [PAGE]: () => Response.json(workflow(7)),
      [ACTIONS]: () => Response.json({ title: 'Precondition Failed' }, { status: 412 }),
    });
    renderPage(() => undefined);
    await press('Edit');
    expect(screen.getByLabelText('Title')).toHaveValue('Title 1!');
    await press('Save changes');
    await screen.findByText('This workflow has changed');
    const write = requests.find(({ method }) => method === 'POST');
    expect(write?.headers.get('if-match')).toBe('"1"');
  });

  it('can be sent as a request with a comment', async () => {
    const { requests, onClose } = await type();
    await userEvent.type(screen.getByLabelText(/^Comment for the approvers/), 'Cheaper now');
    await press('Request approval');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    const write = requests.find(({ method }) => method === 'POST');
    expect(await write?.json()).toEqual({
      actionType: 'REQUEST',
      title: 'Title 1!',
      data: {},
      comment: 'Cheaper now',
    });
    expect(sessionStorage).toHaveLength(0);
  });
});
