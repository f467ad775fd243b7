// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Erasure, ErasurePreview, Hold } from '../api/types';
import { changeLanguage } from '../i18n';
import { accessibilityViolations } from '../testing/axe';
import { ADA, fakeIdentityProvider, goOffline, renderConsole, stubApi } from '../testing/renderConsole';
import ErasurePage from './ErasurePage';

const ERASURES = '/audit-trail/erasures';
const person = (group: string) =>
  fakeIdentityProvider({ restore: () => Promise.resolve({ ...ADA, groups: [group] }) });

const erasure: Erasure = {
  erasureId: 'e-1',
  kind: 'user',
  userId: 'u-eve',
  parts: ['person', 'content'],
  reason: 'Request of the data subject',
  requestedBy: 'u-ada',
  state: 'DONE',
  error: null,
  erased: { person: 3, content: 1 },
  held: { count: 2, workflowIds: ['w-held'] },
  createdAt: '2026-01-02T03:04:05Z',
  updatedAt: '2026-01-02T03:05:05Z',
};

const preview: ErasurePreview = {
  erasureId: null,
  state: 'DRY_RUN',
  records: 4,
  person: 3,
  content: 2,
  held: { count: 1, workflowIds: ['w-held'] },
  workflows: 2,
  datasetIds: ['d-1', 'd-2'],
  complete: true,
};

const eve = { userId: 'u-eve', name: 'Eve', email: 'eve@example.com' };

const hold: Hold = {
  workflowId: 'w-held',
  reason: 'Case 17',
  by: 'u-ada',
  at: '2026-01-02T03:04:05Z',
};

type Handlers = Parameters<typeof stubApi>[0];

const page = (items: unknown[]) => Response.json({ items, cursor: null });

function renderPage(handlers: Handlers = {}, group = 'admins') {
  const requests = stubApi({
    'GET /schemes': () => page([{ schemeId: 'purchase', name: 'Purchase order' }]),
    [`GET ${ERASURES}`]: () => page([]),
    [`POST ${ERASURES}`]: async (request) => {
      const { dryRun } = (await request.json()) as { dryRun?: boolean };
      return dryRun ? Response.json(preview) : Response.json(erasure, { status: 202 });
    },
    'GET /audit-trail/retention': () => Response.json({ defaultDays: 2_555, schemes: [] }),
    'GET /audit-trail/holds': () => page([]),
    'GET /people': () => page([eve]),
    ...handlers,
  });
  const { container } = renderConsole(<ErasurePage />, person(group));
  const writes = () => requests.filter(({ method }) => method !== 'GET');
  return { container, requests, writes };
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const dialog = () => screen.findByRole('dialog');
const inDialog = async (name: string) =>
  userEvent.click(within(await dialog()).getByRole('button', { name }));

async function fill(field: HTMLElement, text: string) {
  await userEvent.click(field);
  await userEvent.paste(text);
}

const userField = () => screen.findByRole('button', { name: /^User / });

/** Search for a user, and pick an option. */
async function pickUser(text: string, option: RegExp) {
  await userEvent.click(await userField());
  await fill(await screen.findByLabelText('Find users'), text);
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

async function check() {
  await pickUser('Eve', /@example\.com/);
  await userEvent.click(screen.getByRole('checkbox', { name: /^Content/ }));
  await fill(screen.getByRole('textbox', { name: 'Reason' }), 'Request of the data subject');
  await press('Check what would be erased');
}

afterEach(() => void vi.useRealTimers());

describe('the erasure of a user', () => {
  it('first shows what would be erased', async () => {
    const { container, writes } = renderPage();
    expect(await screen.findByText('No erasures yet')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Erase' })).not.toBeInTheDocument();
    await check();
    const result = within(await screen.findByRole('region', { name: 'What would be erased' }));
    expect(result.getByText('4 records')).toBeVisible();
    expect(result.getByText('2 workflows')).toBeVisible();
    expect(result.getByRole('link', { name: 'd-1', hidden: true })).toHaveAttribute(
      'href',
      '#/audit/records/d-1',
    );
    expect(result.getByRole('link', { name: 'w-held', hidden: true })).toHaveAttribute(
      'href',
      '#/workflows/w-held',
    );
    expect(await Promise.all(writes().map((request) => request.json()))).toEqual([
      {
        userId: 'u-eve',
        parts: ['person', 'content'],
        reason: 'Request of the data subject',
        dryRun: true,
      },
    ]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('is requested after the confirmation', async () => {
    const { writes, requests } = renderPage();
    await check();
    await press('Erase');
    expect(await dialog()).toHaveTextContent(
      'Personal data and content of user Eve (u-eve) will be erased in 4 records.',
    );
    await inDialog('Erase');
    expect(within(await dialog()).getByText('Enter erase to confirm.')).toBeVisible();
    expect(writes()).toHaveLength(1);
    await fill(within(await dialog()).getByRole('textbox'), 'erase');
    expect(await accessibilityViolations(await dialog())).toEqual([]);
    const lists = requests.filter(({ method, url }) => method === 'GET' && url.endsWith(ERASURES)).length;
    await inDialog('Erase');
    expect(await screen.findByText('The erasure of user u-eve has started.')).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    const [, sent] = writes();
    expect(await sent?.json()).toEqual({
      userId: 'u-eve',
      parts: ['person', 'content'],
      reason: 'Request of the data subject',
    });
    expect(sent?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await userField()).toHaveAccessibleName('User Find by name, email, or user ID');
    await waitFor(() =>
      expect(requests.filter(({ method, url }) => method === 'GET' && url.endsWith(ERASURES))).toHaveLength(
        lists + 1,
      ),
    );
  });

  it('is checked again after the form has changed', async () => {
    renderPage();
    await check();
    expect(await screen.findByRole('button', { name: 'Erase' })).toBeVisible();
    await pickUser('u-2', /^u-2/);
    expect(screen.queryByRole('button', { name: 'Erase' })).not.toBeInTheDocument();
  });

  it('is possible for a deleted user, by the ID', async () => {
    const { writes } = renderPage({ 'GET /people': () => page([]) });
    await pickUser(' u-gone ', /^u-gone\s*User ID$/);
    await fill(screen.getByRole('textbox', { name: 'Reason' }), 'Request');
    await press('Check what would be erased');
    await press('Erase');
    expect(await dialog()).toHaveTextContent('Personal data of user u-gone will be erased in 4 records.');
    expect(await writes()[0]?.json()).toMatchObject({ userId: 'u-gone' });
  });

  it('is possible by the ID if people cannot be found', async () => {
    renderPage({ 'GET /people': () => Response.json({ title: 'Unavailable' }, { status: 503 }) });
    await userEvent.click(await userField());
    await fill(await screen.findByLabelText('Find users'), 'u-gone');
    expect(await screen.findByText("Couldn't load people")).toBeVisible();
    await userEvent.click(screen.getByRole('option', { name: /^u-gone/ }));
    expect(await userField()).toHaveAccessibleName(/^User u-gone/);
  });

  it('offers an ID that was found only once, with the name', async () => {
    renderPage();
    await userEvent.click(await userField());
    await fill(await screen.findByLabelText('Find users'), 'u-eve');
    expect(await screen.findByRole('option', { name: /^Eve/ })).toHaveTextContent('eve@example.com · u-eve');
    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('says if the check has not seen everything', async () => {
    renderPage({ [`POST ${ERASURES}`]: () => Response.json({ ...preview, complete: false }) });
    await check();
    expect(await screen.findByText('at least 4 records')).toBeVisible();
    expect(screen.getByText('The check reached its time limit')).toBeVisible();
  });

  it('shows what is wrong at the fields and sends nothing', async () => {
    const { writes } = renderPage();
    await userEvent.click(await screen.findByRole('checkbox', { name: /^Personal data/ }));
    await press('Check what would be erased');
    expect(screen.getByText('Choose a user.')).toBeVisible();
    expect(screen.getByText('Choose what to erase.')).toBeVisible();
    expect(screen.getByText('Enter a reason.')).toBeVisible();
    expect(writes()).toHaveLength(0);
  });

  it('is not sent after it failed offline and the user cancels, and the form stays', async () => {
    const { writes } = renderPage();
    await check();
    await press('Erase');
    await fill(within(await dialog()).getByRole('textbox'), 'erase');
    const connection = goOffline();
    await inDialog('Erase');
    expect(await screen.findByText(/^Can.t connect to Countersign$/)).toBeVisible();
    await inDialog('Cancel');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    connection.restore();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(writes()).toHaveLength(1);
    expect(await userField()).toHaveAccessibleName(/^User Eve/);
    expect(screen.getByRole('textbox', { name: 'Reason' })).toHaveValue('Request of the data subject');
  });

  it('shows that another one is running', async () => {
    renderPage({
      [`POST ${ERASURES}`]: async (request) => {
        const { dryRun } = (await request.json()) as { dryRun?: boolean };
        if (dryRun) return Response.json(preview);
        return Response.json({ title: 'Erasure running', detail: 'Wait until it is done.' }, { status: 409 });
      },
    });
    await check();
    await press('Erase');
    await fill(within(await dialog()).getByRole('textbox'), 'erase');
    await inDialog('Erase');
    expect(await within(await dialog()).findByText('Wait until it is done.')).toBeVisible();
  });
});

describe('the list of erasures', () => {
  it('is updated until all are done', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const states: Erasure['state'][] = ['RUNNING', 'RECHECKING', 'DONE'];
    let calls = 0;
    renderPage({
      [`GET ${ERASURES}`]: () => {
        const state = states[Math.min(calls, 2)];
        calls += 1;
        return page([{ ...erasure, state }]);
      },
    });
    const table = within(await screen.findByRole('table', { name: 'Erasures' }));
    expect(table.getByText('Erasing')).toBeVisible();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await table.findByText('Checking for late records')).toBeVisible();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await table.findByText('Done')).toBeVisible();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(calls).toBe(3);
  });

  it('shows the counts, the legal holds, and retention', async () => {
    const retention = { ...erasure, erasureId: 'e-2', kind: 'retention' as const, userId: null };
    renderPage({ [`GET ${ERASURES}`]: () => page([erasure, retention]) });
    const table = within(await screen.findByRole('table', { name: 'Erasures' }));
    expect(table.getByText('u-eve')).toBeVisible();
    expect(table.getByText('Retention period has ended')).toBeVisible();
    expect(table.getAllByText(/Personal data: 3 records/)).toHaveLength(2);
    expect(table.getAllByRole('link', { name: 'w-held', hidden: true })).toHaveLength(2);
  });
});

describe('retention periods', () => {
  const PUT = 'PUT /audit-trail/retention/purchase';

  it('show the default, and are changed with a reason', async () => {
    const { writes } = renderPage({ [PUT]: () => Response.json({ scheme: 'purchase', days: 365 }) });
    const table = within(await screen.findByRole('table', { name: 'Retention periods' }));
    expect(await table.findByText('2,555 days (7 years), default')).toBeVisible();
    await press('Edit the retention period of Purchase order');
    const days = within(await dialog()).getByRole('textbox', { name: 'Days' });
    expect(days).toHaveValue('2555');
    await userEvent.clear(days);
    await fill(days, '0');
    await inDialog('Save');
    expect(screen.getByText('Enter a whole number of days from 1 to 36,500.')).toBeVisible();
    await userEvent.clear(days);
    await fill(days, '365');
    await fill(within(await dialog()).getByRole('textbox', { name: 'Reason' }), 'Policy');
    await inDialog('Save');
    expect(
      await screen.findByText('Records of Purchase order are kept for 365 days (1 year).'),
    ).toBeVisible();
    expect(await writes()[0]?.json()).toEqual({ days: 365, reason: 'Policy' });
  });
});

describe('legal holds', () => {
  it('are placed on a workflow', async () => {
    const { writes } = renderPage({ 'PUT /audit-trail/holds/w-held': () => Response.json(hold) });
    await press('Place hold');
    await inDialog('Place hold');
    expect(screen.getByText('Enter the ID of the workflow.')).toBeVisible();
    await fill(within(await dialog()).getByRole('textbox', { name: 'Workflow ID' }), 'w-held');
    await fill(within(await dialog()).getByRole('textbox', { name: 'Reason' }), 'Case 17');
    await inDialog('Place hold');
    expect(await screen.findByText('Legal hold placed on workflow w-held.')).toBeVisible();
    expect(await writes()[0]?.json()).toEqual({ reason: 'Case 17' });
  });

  it('are released with a reason', async () => {
    let holds = [hold];
    const { writes } = renderPage({
      'GET /audit-trail/holds': () => page(holds),
      'DELETE /audit-trail/holds/w-held': () => {
        holds = [];
        return new Response(null, { status: 204 });
      },
    });
    const table = within(await screen.findByRole('table', { name: 'Legal holds' }));
    expect(table.getByText('Case 17')).toBeVisible();
    await press('Release the hold on w-held');
    await fill(within(await dialog()).getByRole('textbox'), 'Case closed');
    await inDialog('Release hold');
    expect(await screen.findByText('Legal hold on workflow w-held released.')).toBeVisible();
    expect(await screen.findByText('No legal holds')).toBeVisible();
    expect(await writes()[0]?.json()).toEqual({ reason: 'Case closed' });
  });
});

describe('the page in German', () => {
  afterEach(() => changeLanguage('en'));

  it('has German texts, numbers, and messages', async () => {
    await changeLanguage('de');
    renderPage({
      [`GET ${ERASURES}`]: () => page([erasure]),
      'PUT /audit-trail/retention/purchase': () => Response.json({ scheme: 'purchase', days: 365 }),
    });
    const table = within(await screen.findByRole('table', { name: 'Löschungen' }));
    expect(table.getByText('Fertig')).toBeVisible();
    expect(table.getByText('Inhalte: 1 Eintrag')).toBeVisible();
    expect(await screen.findByText('2.555 Tage (7 Jahre), Standard')).toBeVisible();
    await press('Prüfen, was gelöscht würde');
    expect(screen.getByText('Wählen Sie eine Person.')).toBeVisible();
    await press('Aufbewahrungsfrist von Purchase order bearbeiten');
    await userEvent.clear(within(await dialog()).getByRole('textbox', { name: 'Tage' }));
    await inDialog('Speichern');
    expect(screen.getByText('Geben Sie eine ganze Zahl von Tagen von 1 bis 36.500 ein.')).toBeVisible();
    await fill(within(await dialog()).getByRole('textbox', { name: 'Tage' }), '365');
    await fill(within(await dialog()).getByRole('textbox', { name: 'Grund' }), 'Regel');
    await inDialog('Speichern');
    expect(
      await screen.findByText('Aufbewahrungsfrist für Einträge von Purchase order: 365 Tage (1 Jahr).'),
    ).toBeVisible();
  });
});

describe('access', () => {
  it('lets auditors read', async () => {
    renderPage(
      { [`GET ${ERASURES}`]: () => page([erasure]), 'GET /audit-trail/holds': () => page([hold]) },
      'auditors',
    );
    expect(await screen.findByRole('table', { name: 'Erasures' })).toBeVisible();
    expect(await screen.findByRole('table', { name: 'Legal holds' })).toBeVisible();
    expect(await screen.findByRole('table', { name: 'Retention periods' })).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    for (const name of [/^User/, /^Edit/, /^Release/, /^Place/, /^Check/]) {
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
    }
  });

  it('is for auditors and administrators only', async () => {
    const { requests } = renderPage({}, 'approvers');
    expect(await screen.findByText('Only auditors and administrators can see this page')).toBeVisible();
    expect(requests).toHaveLength(0);
  });
});
