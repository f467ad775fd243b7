// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Workflow } from '../api/types';
import { renderConsole, stubApi } from '../testing/renderConsole';
import { EditForm } from './EditForm';
import { useWorkflow } from './queries';

const PAGE = 'GET /workflows/w-1';
const ACTIONS = 'POST /workflows/w-1/actions';
const workflow = (version: number) =>
  ({
    workflowId: 'w-1',
    title: `Title ${version}`,
    status: 'DRAFT',
    version,
    data: {},
  }) as unknown as Workflow;

/** The page around the form, with a way to have it fetched anew, as a notification or another tab does. */
function Page({ onClose }: { onClose: () => void }) {
  const query = useWorkflow('w-1');
  const [editing, setEditing] = useState(false);
  if (!query.data) return null;
  return (
    <>
      <p>Version {query.data.workflow.version}</p>
      <button onClick={() => void query.refetch()}>Fetch</button>
      <button onClick={() => setEditing(true)}>Edit</button>
      {editing && <EditForm fetched={query.data} onClose={onClose} />}
    </>
  );
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

/** Opens the form on version 1 and saves after the page has seen version 2. */
async function savedTooLate() {
  let version = 1;
  const made = stubApi({
    [PAGE]: () => Response.json(workflow(version)),
    [ACTIONS]: (request) =>
      request.headers.get('if-match') === `"${version}"`
        ? Response.json(workflow(version + 1))
        : Response.json({ title: 'Precondition Failed' }, { status: 412 }),
  });
  const onClose = vi.fn<() => void>();
  renderConsole(<Page onClose={onClose} />);
  await press('Edit');
  version = 2;
  await press('Fetch');
  await screen.findByText('Version 2');
  await userEvent.clear(screen.getByLabelText('Title'));
  await userEvent.type(screen.getByLabelText('Title'), 'Mine');
  await press('Save changes');
  await screen.findByText('This workflow was changed elsewhere');
  const writes = () => made.filter((request) => request.method === 'POST');
  return { onClose, writes };
}

describe('a draft that was changed elsewhere meanwhile', () => {
  it('is not overwritten, even where the page has seen the change', async () => {
    const { onClose, writes } = await savedTooLate();
    expect(writes().map((request) => request.headers.get('if-match'))).toEqual(['"1"']);
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.getByLabelText('Title')).toHaveValue('Mine');
  });

  it('is overwritten when the person saves once more', async () => {
    const { onClose, writes } = await savedTooLate();
    await press('Save changes');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(writes().map((request) => request.headers.get('if-match'))).toEqual(['"1"', '"2"']);
  });
});
