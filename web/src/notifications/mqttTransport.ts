import mqtt from 'mqtt';
import type { RealtimeSession } from '../api/types';
import type { Transport, TransportEvents } from './liveConnection';
import { presignedMqttUrl } from './presignedMqttUrl';

const KEEP_ALIVE_SECONDS = 60;
const CONNECT_TIMEOUT_MS = 15_000;

/** Connect with MQTT 5 over WebSocket, and subscribe to the topic of the session with QoS 1. */
export async function openMqtt(
  session: RealtimeSession,
  scheme: 'wss' | 'ws',
  events: TransportEvents,
): Promise<Transport> {
  const url = await presignedMqttUrl(session, scheme);
  const client = mqtt.connect(`${scheme}://${session.endpoint}/mqtt`, {
    transformWsUrl: () => url,
    clientId: session.clientIdPrefix + crypto.randomUUID(),
    protocolVersion: 5,
    clean: true,
    keepalive: KEEP_ALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // The signed URL works once. LiveConnection requests new credentials for each connection.
    reconnectPeriod: 0,
    // The default is a worker from a blob, which the Content-Security-Policy forbids. In a hidden tab, timers run once a
    // minute, which is often enough.
    timerVariant: 'native',
  });
  client.on('connect', () => {
    client.subscribe(session.topic, { qos: 1 }, (error) => {
      if (error) client.end(true);
      else events.onConnected();
    });
  });
  client.on('message', (_topic, payload) => events.onMessage(new TextDecoder().decode(payload)));
  let isClosing = false;
  client.on('close', () => {
    if (!isClosing) events.onClosed();
  });
  client.on('error', () => client.end(true));
  return {
    close: () => {
      isClosing = true;
      client.end(true);
    },
  };
}
