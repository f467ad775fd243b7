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

/** A live connection whose transports are opened, closed and fed by the test. */
function rig() {
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
  const live = new LiveConnection(ports, () => 1);
  const at = (index: number) => {
    const transport = opened[index];
    if (!transport) throw new Error(`transport ${index} was not opened`);
    return transport;
  };
  return { live, ports, states, opened, at };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the live connection', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => void vi.useRealTimers());

  it('asks for credentials, connects, and has what was missed fetched', async () => {
    const { live, ports, states, at } = rig();
    live.start();
    await settle();
    at(0).onConnected();
    at(0).onMessage('hello');
    expect(states).toEqual(['connecting', 'live']);
    expect(ports.onConnected).toHaveBeenCalledOnce();
    expect(ports.onMessage).toHaveBeenCalledWith('hello');
  });

  it('reconnects with new credentials after a loss, and fetches again', async () => {
    const { live, ports, states, at } = rig();
    live.start();
    await settle();
    at(0).onConnected();
    at(0).onClosed();
    await vi.advanceTimersByTimeAsync(1_000);
    at(1).onConnected();
    expect(ports.newSession).toHaveBeenCalledTimes(2);
    expect(ports.onConnected).toHaveBeenCalledTimes(2);
    expect(states).toEqual(['connecting', 'live', 'waiting', 'connecting', 'live']);
  });

  it('waits longer after each failure', async () => {
    const { live, ports } = rig();
    ports.newSession.mockRejectedValue(new Error('down'));
    live.start();
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ports.newSession).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(ports.newSession).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(ports.newSession).toHaveBeenCalledTimes(3);
  });

  it('tries at once when the network is back', async () => {
    const { live, ports } = rig();
    ports.newSession.mockRejectedValueOnce(new Error('down'));
    live.start();
    await settle();
    live.reconnect();
    await settle();
    expect(ports.newSession).toHaveBeenCalledTimes(2);
  });

  it('is renewed before the credentials end, the new one standing before the old one is closed', async () => {
    const { live, opened, at } = rig();
    live.start();
    await settle();
    at(0).onConnected();
    await vi.advanceTimersByTimeAsync(HOUR - 5 * 60_000);
    expect(opened).toHaveLength(2);
    expect(at(0).close).not.toHaveBeenCalled();
    at(1).onConnected();
    expect(at(0).close).toHaveBeenCalledOnce();
  });

  it('does nothing more once it is stopped', async () => {
    const { live, ports, at } = rig();
    live.start();
    await settle();
    at(0).onConnected();
    live.stop();
    at(0).onMessage('late');
    at(0).onClosed();
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(at(0).close).toHaveBeenCalled();
    expect(ports.onMessage).not.toHaveBeenCalled();
    expect(ports.newSession).toHaveBeenCalledOnce();
  });

  it('closes a transport that was opened and not standing yet when it was stopped', async () => {
    const { live, at } = rig();
    live.start();
    await settle();
    live.stop();
    expect(at(0).close).toHaveBeenCalledOnce();
  });

  it('is made anew when the network is back, though the old one seems to stand', async () => {
    const { live, ports, at } = rig();
    live.start();
    await settle();
    at(0).onConnected();
    live.reconnect();
    await settle();
    expect(at(0).close).not.toHaveBeenCalled();
    at(1).onConnected();
    expect(at(0).close).toHaveBeenCalledOnce();
    expect(ports.onConnected).toHaveBeenCalledTimes(2);
  });

  it('closes an attempt that a newer one takes the place of', async () => {
    const { live, at } = rig();
    live.start();
    await settle();
    live.reconnect();
    expect(at(0).close).toHaveBeenCalledOnce();
    await settle();
    at(1).onConnected();
    expect(at(1).close).not.toHaveBeenCalled();
  });

  it('closes a transport that opened after it was stopped', async () => {
    const { live, at } = rig();
    live.start();
    await Promise.resolve();
    live.stop();
    await settle();
    expect(at(0).close).toHaveBeenCalled();
  });
});

describe('its pauses', () => {
  it('grow to half a minute and no further', () => {
    expect([0, 1, 4, 5, 50].map((failures) => retryDelay(failures, () => 1))).toEqual([
      1_000, 2_000, 16_000, 30_000, 30_000,
    ]);
    expect(retryDelay(1, () => 0)).toBe(1_000);
  });

  it('renew five minutes early, or at half of a short life', () => {
    expect(renewalDelay(new Date(NOW + HOUR).toISOString(), NOW)).toBe(55 * 60_000);
    expect(renewalDelay(new Date(NOW + 6 * 60_000).toISOString(), NOW)).toBe(3 * 60_000);
    expect(renewalDelay('2026-01-01T00:00:00Z', NOW)).toBe(1_000);
    expect(renewalDelay('2099-01-01T00:00:00Z', NOW)).toBe(12 * HOUR);
  });
});
