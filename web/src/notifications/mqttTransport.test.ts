import { EventEmitter } from 'node:events';
import mqtt from 'mqtt';
import { beforeEach, expect, it, vi } from 'vitest';
import type { RealtimeSession } from '../api/types';
import { openMqtt } from './mqttTransport';

vi.mock('mqtt', () => ({ default: { connect: vi.fn() } }));
vi.mock('./presignedMqttUrl', () => ({ presignedMqttUrl: () => Promise.resolve('wss://signed') }));

const SESSION = {
  endpoint: 'iot.example.com',
  region: 'eu-central-1',
  topic: 'notifications-u-1',
  clientIdPrefix: 'client/u-1-',
} as RealtimeSession;

class FakeClient extends EventEmitter {
  subscribe = vi.fn<(topic: string, options: object, callback: (error: Error | null) => void) => void>();
  end = vi.fn<(force: boolean) => void>(() => this.emit('close'));
}

const events = {
  onConnected: vi.fn<() => void>(),
  onMessage: vi.fn<(payload: string) => void>(),
  onClosed: vi.fn<() => void>(),
};
let client: FakeClient;

beforeEach(() => {
  vi.clearAllMocks();
  client = new FakeClient();
  vi.mocked(mqtt.connect).mockReturnValue(client as unknown as ReturnType<typeof mqtt.connect>);
});

it('connects with the signed URL and an ID of the user, and never by itself again', async () => {
  await openMqtt(SESSION, 'wss', events);
  const [url, options] = vi.mocked(mqtt.connect).mock.calls[0] ?? [];
  expect(url).toBe('wss://iot.example.com/mqtt');
  expect(options).toMatchObject({ protocolVersion: 5, reconnectPeriod: 0, timerVariant: 'native' });
  const { clientId, transformWsUrl } = options as unknown as {
    clientId: string;
    transformWsUrl: () => string;
  };
  expect(clientId).toMatch(/^client\/u-1-[0-9a-f-]{36}$/);
  expect(transformWsUrl()).toBe('wss://signed');
});

it('is connected when the subscription is', async () => {
  await openMqtt(SESSION, 'wss', events);
  client.emit('connect');
  expect(events.onConnected).not.toHaveBeenCalled();
  const [topic, options, callback] = client.subscribe.mock.calls[0] ?? [];
  expect([topic, options]).toEqual(['notifications-u-1', { qos: 1 }]);
  callback?.(null);
  expect(events.onConnected).toHaveBeenCalledOnce();
});

it('closes if the subscription is rejected', async () => {
  await openMqtt(SESSION, 'wss', events);
  client.emit('connect');
  client.subscribe.mock.calls[0]?.[2](new Error('not allowed'));
  expect(client.end).toHaveBeenCalledWith(true);
  expect(events.onConnected).not.toHaveBeenCalled();
  expect(events.onClosed).toHaveBeenCalledOnce();
});

it('passes messages as text', async () => {
  await openMqtt(SESSION, 'wss', events);
  client.emit('message', 'notifications-u-1', new TextEncoder().encode('{"title":"Ängste"}'));
  expect(events.onMessage).toHaveBeenCalledWith('{"title":"Ängste"}');
});

it('reports a connection that fails, but not one that it closes itself', async () => {
  const transport = await openMqtt(SESSION, 'wss', events);
  client.emit('error', new Error('refused'));
  expect(client.end).toHaveBeenCalledWith(true);
  expect(events.onClosed).toHaveBeenCalledOnce();
  transport.close();
  expect(events.onClosed).toHaveBeenCalledOnce();
});
