import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RealtimeSession } from '../api/types';
import {
  LiveConnection,
  renewalDelay,
  retryDelay,
  type LiveState,
  type TransportEvents,
} from './liveConnection';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-01-02T03:00:00Z');

function session(): RealtimeSession {
  return {
    endpoint: 'e',
    region: 'r',
    topic: 't',
    clientIdPrefix: 'c-',
    credentials: {
      accessKeyId: 'a',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date(Date.now() + HOUR).toISOString(),
    },
  };
}

/** A live connection with transports that the test controls. */
function setUp() {
  const opened: (TransportEvents & { close: ReturnType<typeof vi.fn<() => void>> })[] = [];
  const states: LiveState[] = [];
  const ports = {
    newSession: vi.fn(() => Promise.resolve(session())),
    open: vi.fn((_: RealtimeSession, events: TransportEvents) => {
      const transport = { ...events, close: vi.fn<() => void>() };
      opened.push(transport);
      return Promise.resolve(transport);
    }),
    onState: (state: LiveState) => void states.push(state),
    onConnected: vi.fn<() => void>(),
    onMessage: vi.fn<(payload: string) => void>(),
  };
  const connection = new LiveConnection(ports, () => 1);
  const at = (index: number) => {
    const transport = opened[index];
    if (!transport) throw new Error(`transport ${index} is not open`);
    return transport;
  };
  return { connection, ports, states, opened, at };
}

const flush = () => vi.advanceTimersByTimeAsync(0);

describe('the live connection', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => void vi.useRealTimers());

  it('requests credentials, connects, and fetches what was missed', async () => {
    const { connection, ports, states, at } = setUp();
    connection.start();
    await flush();
    at(0).onConnected();
    at(0).onMessage('hello');
    expect(states).toEqual(['connecting', 'live']);
    expect(ports.onConnected).toHaveBeenCalledOnce();
    expect(ports.onMessage).toHaveBeenCalledWith('hello');
  });

  it('reconnects with new credentials after it was lost, and fetches again', async () => {
    const { connection, ports, states, at } = setUp();
    connection.start();
    await flush();
    at(0).onConnected();
    at(0).onClosed();
    await vi.advanceTimersByTimeAsync(1_000);
    at(1).onConnected();
    expect(ports.newSession).toHaveBeenCalledTimes(2);
    expect(ports.onConnected).toHaveBeenCalledTimes(2);
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'connecting', 'live']);
  });

  it('waits longer after each failure', async () => {
    const { connection, ports } = setUp();
    ports.newSession.mockRejectedValue(new Error('down'));
    connection.start();
    await flush();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ports.newSession).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(ports.newSession).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(ports.newSession).toHaveBeenCalledTimes(3);
  });

  it('retries immediately when the network is back', async () => {
    const { connection, ports } = setUp();
    ports.newSession.mockRejectedValueOnce(new Error('down'));
    connection.start();
    await flush();
    connection.reconnect();
    await flush();
    expect(ports.newSession).toHaveBeenCalledTimes(2);
  });

  it('is renewed before the credentials expire, and the new one is open before the old one closes', async () => {
    const { connection, opened, at } = setUp();
    connection.start();
    await flush();
    at(0).onConnected();
    await vi.advanceTimersByTimeAsync(HOUR - 5 * 60_000);
    expect(opened).toHaveLength(2);
    expect(at(0).close).not.toHaveBeenCalled();
    at(1).onConnected();
    expect(at(0).close).toHaveBeenCalledOnce();
  });

  it('does nothing after it was stopped', async () => {
    const { connection, ports, at } = setUp();
    connection.start();
    await flush();
    at(0).onConnected();
    connection.stop();
    at(0).onMessage('late');
    at(0).onClosed();
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(at(0).close).toHaveBeenCalled();
    expect(ports.onMessage).not.toHaveBeenCalled();
    expect(ports.newSession).toHaveBeenCalledOnce();
  });

  it('closes a transport that is still connecting when it is stopped', async () => {
    const { connection, at } = setUp();
    connection.start();
    await flush();
    connection.stop();
    expect(at(0).close).toHaveBeenCalledOnce();
  });

  it('is opened again when the network is back, even if the old one seems to be open', async () => {
    const { connection, ports, at } = setUp();
    connection.start();
    await flush();
    at(0).onConnected();
    connection.reconnect();
    await flush();
    expect(at(0).close).not.toHaveBeenCalled();
    at(1).onConnected();
    expect(at(0).close).toHaveBeenCalledOnce();
    expect(ports.onConnected).toHaveBeenCalledTimes(2);
  });

  it('closes an attempt that a newer one replaces', async () => {
    const { connection, at } = setUp();
    connection.start();
    await flush();
    connection.reconnect();
    expect(at(0).close).toHaveBeenCalledOnce();
    await flush();
    at(1).onConnected();
    expect(at(1).close).not.toHaveBeenCalled();
  });

  it('closes a transport that opens after it was stopped', async () => {
    const { connection, at } = setUp();
    connection.start();
    await Promise.resolve();
    connection.stop();
    await flush();
    expect(at(0).close).toHaveBeenCalled();
  });
});

describe('the delays of the live connection', () => {
  it('grow to 30 seconds', () => {
    expect([0, 1, 4, 5, 50].map((failures) => retryDelay(failures, () => 1))).toEqual([
      1_000, 2_000, 16_000, 30_000, 30_000,
    ]);
    expect(retryDelay(1, () => 0)).toBe(1_000);
  });

  it('renew credentials five minutes early, or after half of a short lifetime', () => {
    expect(renewalDelay(new Date(NOW + HOUR).toISOString(), NOW)).toBe(55 * 60_000);
    expect(renewalDelay(new Date(NOW + 6 * 60_000).toISOString(), NOW)).toBe(3 * 60_000);
    expect(renewalDelay('2026-01-01T00:00:00Z', NOW)).toBe(1_000);
    expect(renewalDelay('2099-01-01T00:00:00Z', NOW)).toBe(12 * HOUR);
  });
});
