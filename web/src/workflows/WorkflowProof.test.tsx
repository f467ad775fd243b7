// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { VerifiableRecord } from '../api/types';
import { SplitPanelProvider } from '../components/SplitPanelProvider';
import { accessibilityViolations } from '../testing/axe';
import { createFakeLog } from '../testing/fakeLog';
import { buildChain, historyEntryOf, workflowAfter } from '../testing/records';
import { ADA, fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import { proofHandlers, tamper } from '../testing/stubProof';
import { WorkflowProof } from './WorkflowProof';

const HISTORY = 'GET /workflows/w-1/history';
const requester = fakeIdentityProvider({ restore: () => Promise.resolve({ ...ADA, userId: 'u-ada' }) });

async function setUp() {
  const records = await buildChain(
    { actionType: 'REQUEST', outcome: 'PENDING' },
    { actionType: 'REJECT', outcome: 'REJECTED', comment: 'Too expensive' },
    { actionType: 'REQUEST', outcome: 'PENDING', after: { amount: 9 } },
  );
  const log = await createFakeLog();
  for (const record of records) await log.add(record.datasetId, record.hash);
  const handlers = {
    ...proofHandlers(log, records),
    [HISTORY]: () => Response.json({ items: records.map(historyEntryOf), cursor: null }),
  };
  return { records, handlers };
}

function renderProof(records: VerifiableRecord[], change = {}) {
  const workflow = { ...workflowAfter(records), ...change };
  return renderConsole(
    <SplitPanelProvider>
      {(panel) => (
        <>
          <WorkflowProof workflow={workflow} />
          {panel && <section aria-label={panel.header}>{panel.content}</section>}
        </>
      )}
    </SplitPanelProvider>,
    requester,
  );
}

const badge = () => screen.findByRole('status', { name: 'Proof' });

describe('the proof of a workflow', () => {
  it('is computed by the browser, with details', async () => {
    const { records, handlers } = await setUp();
    stubApi(handlers);
    renderProof(records);
    expect(await badge()).toHaveTextContent('Verifying');
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    expect(await badge()).toHaveTextContent('All 3 events are recorded unchanged in the log.');
    await userEvent.click(screen.getByRole('button', { name: 'Show details' }));
    const panel = await screen.findByRole('region', { name: 'Proof of the workflow' });
    expect(within(panel).getByRole('list', { name: 'Checks of the workflow' })).toBeVisible();
    for (const sequence of [1, 2, 3]) expect(within(panel).getByText(`Event ${sequence}`)).toBeVisible();
    expect(await accessibilityViolations(panel)).toEqual([]);
  });

  it('fails if a record, its proof, or the history has another character', async () => {
    const { records, handlers } = await setUp();
    const changes: [string, (body: string) => string][] = [
      ['GET /audit-trail/d-2', (body) => body.replaceAll('Too expensive', 'Too expensivE')],
      ['GET /audit-trail/d-3/proof', (body) => body.replace(/"proof":\["./, '"proof":["x')],
      [HISTORY, (body) => body.replace('"Too expensive"', '"Too expensivE"')],
    ];
    for (const [name, change] of changes) {
      stubApi(tamper(handlers, name, change));
      const { unmount } = renderProof(records);
      await waitFor(async () => expect(await badge()).toHaveTextContent('Verification failed'));
      unmount();
    }
  });

  it('fails if the page shows another title', async () => {
    const { records, handlers } = await setUp();
    stubApi(handlers);
    renderProof(records, { title: 'Laptop' });
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent('The workflow differs from the record: title.'),
    );
  });

  it('fails if the audit trail has an event that the workflow does not have', async () => {
    const { records, handlers } = await setUp();
    const entries = records.slice(0, 2).map(historyEntryOf);
    stubApi({ ...handlers, [HISTORY]: () => Response.json({ items: entries, cursor: null }) });
    renderProof(records.slice(0, 2));
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent("The audit trail has event 3, which the workflow doesn't have"),
    );
  });

  it('names the event that the audit trail lacks', async () => {
    const { records, handlers } = await setUp();
    const { 'GET /audit-trail/d-2': _, ...others } = handlers as Record<string, () => Response>;
    stubApi(others);
    renderProof(records);
    await waitFor(async () => expect(await badge()).toHaveTextContent('The audit trail lacks event 2.'));
  });
});
