// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { Scheme } from '../api/types';
import { ADA, fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import CreateSchemePage from './CreateSchemePage';
import EditSchemePage from './EditSchemePage';
import PeoplePage from './PeoplePage';
import SchemePage from './SchemePage';

const TRAVEL = 'GET /schemes/travel';
const PUT_TRAVEL = 'PUT /schemes/travel';
const BO = { userId: 'u-bo', name: 'Bo' };
const CY = { userId: 'u-cy', name: 'Cy' };

const scheme = (version: number, change: Partial<Scheme> = {}): Scheme => ({
  schemeId: 'travel',
  version,
  name: `Travel ${version}`,
  steps: [{ stepId: 'approval', name: 'Approval', approvers: { users: [BO], groups: ['finance'] } }],
  createdAt: '2026-11-01T10:00:00Z',
  createdBy: { userId: 'u-dan', name: 'Dan' },
  ...change,
});

const page = (items: unknown[]) => () => Response.json({ items, cursor: null });
const DIRECTORY = {
  'GET /groups': page([{ name: 'finance', description: 'Money' }]),
  'GET /groups/finance/members': page([BO, CY]),
  'GET /people': page([{ ...CY, email: 'cy@example.com' }]),
};

/** Answer with a version, by default with the newest one. */
const versions = (all: () => Scheme[]) => (request: Request) => {
  const version = Number(new URL(request.url).searchParams.get('version') ?? all().length);
  return Response.json(all()[version - 1]);
};

function renderAt(path: string) {
  const router = createMemoryRouter(
    [
      { path: '/admin/new-scheme', element: <CreateSchemePage /> },
      { path: '/admin/schemes/:schemeId', element: <SchemePage /> },
      { path: '/admin/schemes/:schemeId/edit', element: <EditSchemePage /> },
      { path: '/admin/people', element: <PeoplePage /> },
    ],
    { initialEntries: [path] },
  );
  const admin = fakeIdentityProvider({ restore: () => Promise.resolve({ ...ADA, groups: ['admins'] }) });
  renderConsole(<RouterProvider router={router} />, admin);
  return router;
}

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));
const writesOf = (requests: Request[]) => requests.filter(({ method }) => method === 'PUT');

describe('a scheme', () => {
  it('shows who will approve, with the members of groups, each counted once', async () => {
    stubApi({ ...DIRECTORY, [TRAVEL]: versions(() => [scheme(1)]) });
    renderAt('/admin/schemes/travel');
    const members = await screen.findByRole('list', { name: 'Members of finance' });
    expect(within(members).getByText('Cy')).toBeInTheDocument();
    expect(screen.getByText('2 people can approve')).toBeInTheDocument();
  });

  it('warns about a group that does not exist', async () => {
    const steps = [{ stepId: 'a', name: 'A', approvers: { users: [], groups: ['gone'] } }];
    stubApi({ [TRAVEL]: versions(() => [scheme(1, { steps })]) });
    renderAt('/admin/schemes/travel');
    expect(await screen.findByText("This group doesn't exist.")).toBeInTheDocument();
    expect(screen.getByText('No one can approve')).toBeInTheDocument();
  });

  it('shows what each version changed', async () => {
    stubApi({ ...DIRECTORY, [TRAVEL]: versions(() => [scheme(1), scheme(2)]) });
    renderAt('/admin/schemes/travel');
    const changes = await screen.findByRole('list', { name: 'What version 2 changed' });
    expect(within(changes).getByText('Travel 1')).toBeInTheDocument();
    expect(within(changes).getByText('Travel 2')).toBeInTheDocument();
    expect(
      await screen.findByRole('list', { name: 'Differences from version 1 to version 2' }),
    ).toBeInTheDocument();
  });
});

describe('a new scheme', () => {
  it('is created with the people who were picked by name', async () => {
    let created: unknown;
    const requests = stubApi({
      ...DIRECTORY,
      [PUT_TRAVEL]: async (request) => {
        created = await request.json();
        return Response.json(scheme(1), { status: 201 });
      },
    });
    const router = renderAt('/admin/new-scheme');
    await userEvent.type(await screen.findByLabelText('Name'), 'Travel');
    await userEvent.type(screen.getByLabelText('ID'), 'travel');
    await press(/^People/);
    await userEvent.type(await screen.findByLabelText('Find people'), 'Cy');
    await userEvent.click(await screen.findByRole('option', { name: /Cy/ }));
    // Closes the list.
    await userEvent.click(screen.getByLabelText('Name'));
    await press('Create scheme');
    await waitFor(() => expect(router.state.location.pathname).toBe('/admin/schemes/travel'));
    expect(created).toEqual({
      name: 'Travel',
      steps: [{ stepId: 'approval', name: 'Approval', approvers: { users: ['u-cy'], groups: [] } }],
    });
    expect(writesOf(requests)).toHaveLength(1);
  });

  it('does not become a version of a scheme that exists', async () => {
    const requests = stubApi({ ...DIRECTORY, [TRAVEL]: versions(() => [scheme(1)]) });
    renderAt('/admin/new-scheme');
    await userEvent.type(await screen.findByLabelText('Name'), 'Travel');
    await userEvent.type(screen.getByLabelText('ID'), 'travel');
    await press(/^Groups/);
    await userEvent.click(await screen.findByRole('option', { name: /finance/ }));
    await userEvent.click(screen.getByLabelText('Name'));
    await press('Create scheme');
    expect(await screen.findByText('A scheme with this ID already exists.')).toBeInTheDocument();
    expect(writesOf(requests)).toEqual([]);
  });

  it('needs a name, an ID, and someone who approves', async () => {
    const requests = stubApi(DIRECTORY);
    renderAt('/admin/new-scheme');
    await press('Create scheme');
    expect(await screen.findByText('Enter a name.')).toBeInTheDocument();
    expect(screen.getByText(/^Use 1 to 63 lowercase letters/)).toBeInTheDocument();
    expect(screen.getByText('Choose at least one person or group.')).toBeInTheDocument();
    expect(writesOf(requests)).toEqual([]);
  });
});

describe('a scheme that someone else changed', () => {
  async function saveStale() {
    let all = [scheme(1)];
    const requests = stubApi({
      ...DIRECTORY,
      [TRAVEL]: versions(() => all),
      [PUT_TRAVEL]: (request) => {
        if (request.headers.get('if-match') !== `"${all.length}"`) {
          return Response.json({ title: 'Precondition Failed' }, { status: 412 });
        }
        all = [...all, scheme(all.length + 1)];
        return Response.json(all.at(-1));
      },
    });
    const router = renderAt('/admin/schemes/travel/edit');
    const name = await screen.findByLabelText('Name');
    await userEvent.clear(name);
    await userEvent.type(name, 'Mine');
    all = [scheme(1), scheme(2, { name: 'Theirs' })];
    await press('Save as version 2');
    await screen.findByText('Someone else changed this scheme');
    return { requests, router };
  }

  it('shows what they changed, and keeps what was typed', async () => {
    await saveStale();
    const changes = await screen.findByRole('list', { name: 'What changed since version 1' });
    expect(within(changes).getByText('Theirs')).toBeInTheDocument();
    expect(screen.getByLabelText('Name')).toHaveValue('Mine');
  });

  it('gets the next version if the user saves again', async () => {
    const { requests, router } = await saveStale();
    await press('Save as version 3');
    await waitFor(() => expect(router.state.location.pathname).toBe('/admin/schemes/travel'));
    const writes = writesOf(requests);
    expect(writes.map((request) => request.headers.get('if-match'))).toEqual(['"1"', '"2"']);
    expect(((await writes[1]?.json()) as { name: string }).name).toBe('Mine');
  });

  it('can replace what was typed', async () => {
    await saveStale();
    await press('Discard my changes and use version 2');
    expect(screen.getByLabelText('Name')).toHaveValue('Theirs');
    expect(screen.queryByText('Someone else changed this scheme')).not.toBeInTheDocument();
  });
});

it('people are found by name, and the search is in the URL', async () => {
  const requests = stubApi({ ...DIRECTORY });
  const router = renderAt('/admin/people');
  expect(await screen.findByText('cy@example.com')).toBeInTheDocument();
  await userEvent.type(screen.getByRole('searchbox'), 'Cy');
  await waitFor(() => expect(router.state.location.search).toBe('?query=Cy'));
  await waitFor(() => expect(requests.some(({ url }) => url.includes('/people?query=Cy&'))).toBe(true));
});
