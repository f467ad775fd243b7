// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../api/types';
import { canonicalize } from '../proof/canonical';
import { commitTo, hashSealed } from '../proof/commitment';
import { renderConsole, stubApi } from '../testing/renderConsole';
import { RecordDetails } from './RecordDetails';

const record: AuditRecord = {
  datasetId: 'd-1',
  hash: 'ff',
  sealed: {
    schemaVersion: 1,
    eventId: 'd-1',
    source: '/countersign/workflow',
    actionType: 'APPROVE',
    actionOwner: { type: 'user', id: 'u-1' },
    target: { type: 'workflow', id: 'w-1' },
    outcome: 'APPROVED',
    occurredAt: '2026-01-02T03:04:05Z',
    requestId: 'r-1',
    participants: ['user:u-1'],
    personCommitment: 'aa',
    contentCommitment: 'bb',
    workflow: {
      scheme: 'purchase',
      schemeVersion: 1,
      stepId: 'approval',
      round: 1,
      sequence: 2,
      previousHash: 'ee',
    },
  },
  person: {
    name: 'Ada',
    email: 'ada@example.com',
    groups: ['finance'],
    sourceIp: '192.0.2.1',
    userAgent: 'Firefox',
  },
  content: { title: 'Laptops', comment: null, before: null, after: { amount: 12.5 } },
  redacted: [],
};

describe('the details of an audit record', () => {
  beforeEach(() => {
    const scheme = { schemeId: 'purchase', name: 'Purchase order' };
    stubApi({ 'GET /schemes': () => Response.json({ items: [scheme], cursor: null }) });
  });

  it('show the person, the data, and the proof', async () => {
    renderConsole(<RecordDetails record={record} />);
    expect(await screen.findByText('ada@example.com')).toBeVisible();
    expect(screen.getByText('12.5')).toBeVisible();
    expect(screen.getByText('Proof')).toBeVisible();
    expect(await screen.findByText('Purchase order, version 1')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open workflow' })).toHaveAttribute('href', '#/workflows/w-1');
  });

  it('show only the name of a person whose contact details are withheld', async () => {
    renderConsole(<RecordDetails record={{ ...record, person: { name: 'Ada' }, redacted: ['person'] }} />);
    expect(await screen.findByText('Ada')).toBeVisible();
    expect(screen.getByText('Only auditors and administrators can see the contact details.')).toBeVisible();
    expect(screen.queryByText('Email')).not.toBeInTheDocument();
  });

  it('say that a part was erased', async () => {
    renderConsole(<RecordDetails record={{ ...record, person: null, content: null }} />);
    expect(await screen.findAllByText(/^Erased\./)).toHaveLength(2);
  });

  it('show an unknown action, outcome, and target as they are', async () => {
    const sealed = {
      ...record.sealed,
      actionType: 'ERASE',
      outcome: 'ERASED',
      target: { type: 'dataset', id: 'd-0' },
      workflow: undefined,
    };
    renderConsole(<RecordDetails record={{ ...record, sealed }} />);
    expect(await screen.findByText('ERASE')).toBeVisible();
    expect(screen.getByText('ERASED')).toBeVisible();
    expect(screen.getByText('dataset d-0')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Open workflow' })).not.toBeInTheDocument();
  });
});

async function canonicalRecord() {
  const person = { salt: btoa('s'.repeat(32)), value: '{"name":"Ada"}' };
  const sealed = canonicalize({
    personCommitment: await commitTo('person', person.salt, person.value),
    contentCommitment: 'bb',
  });
  return { datasetId: 'd-1', hash: await hashSealed(sealed), canonical: { sealed, person, content: null } };
}

describe('the proof of an audit record', () => {
  const pressCheck = async () =>
    userEvent.click(await screen.findByRole('button', { name: 'Check in this browser' }));

  it('is recomputed in the browser on request', async () => {
    const body = await canonicalRecord();
    stubApi({ 'GET /audit-trail/d-1': () => Response.json(body) });
    renderConsole(<RecordDetails record={record} />);
    await pressCheck();
    expect(await screen.findByText('The proof is valid')).toBeVisible();
    expect(screen.getByText(/record, person\. Not available to check: content\./)).toBeVisible();
  });

  it('is invalid if the record was changed', async () => {
    const body = { ...(await canonicalRecord()), hash: 'ff' };
    stubApi({ 'GET /audit-trail/d-1': () => Response.json(body) });
    renderConsole(<RecordDetails record={record} />);
    await pressCheck();
    expect(await screen.findByText('The proof is invalid')).toBeVisible();
    expect(screen.getByText("The hash doesn't match: record.")).toBeVisible();
  });
});
