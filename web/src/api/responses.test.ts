import { describe, expect, it } from 'vitest';
import { toAuditRecord, withActionOwner } from './responses';

describe('an action owner', () => {
  it('has a type, an ID, and a name', () => {
    const entry = { title: 'Laptops', actionOwner: { type: 'service', id: 's-1', name: 'Import' } };
    expect(withActionOwner(entry)).toEqual(entry);
  });

  it('is a user if the response has the earlier shape', () => {
    expect(withActionOwner({ actionOwner: { userId: 'u-1', name: 'Ada' } }).actionOwner).toEqual({
      type: 'user',
      id: 'u-1',
      name: 'Ada',
    });
  });
});

const position = { scheme: 'purchase', schemeVersion: 2, round: 1, sequence: 3, previousHash: 'aa' };

describe('an audit record', () => {
  it('is read from a sealed part with a workflow block', () => {
    const record = toAuditRecord({
      datasetId: 'd-1',
      hash: 'ff',
      sealed: {
        actionType: 'APPROVE',
        actionOwner: { type: 'user', id: 'u-1' },
        target: { type: 'workflow', id: 'w-1' },
        workflow: position,
      },
      person: { name: 'Ada' },
      content: null,
      redacted: ['person'],
    });
    expect(record.sealed).toMatchObject({ target: { type: 'workflow', id: 'w-1' }, workflow: position });
    expect(record).toMatchObject({ person: { name: 'Ada' }, content: null, redacted: ['person'] });
  });

  it('is read from a flat sealed part', () => {
    const record = toAuditRecord({
      datasetId: 'd-1',
      hash: 'ff',
      sealed: { workflowId: 'w-1', actionOwner: { userId: 'u-1' }, ...position },
    });
    expect(record.sealed).toMatchObject({
      actionOwner: { type: 'user', id: 'u-1' },
      target: { type: 'workflow', id: 'w-1' },
      workflow: position,
    });
  });

  it('has no workflow block if the event is about something else', () => {
    const record = toAuditRecord({
      datasetId: 'd-1',
      hash: 'ff',
      sealed: { actionType: 'ERASE', target: { type: 'dataset', id: 'd-0' } },
    });
    expect(record.sealed.workflow).toBeNull();
    expect(record.sealed.target).toEqual({ type: 'dataset', id: 'd-0' });
  });
});
