import type { RealtimeSession } from '../api/types';
import type { Transport, TransportEvents } from './liveConnection';
import { presignedMqttUrl } from './presignedMqttUrl';

const KEEP_ALIVE_SECONDS = 60;
const CONNECT_TIMEOUT_MS = 15_000;

/** Opens MQTT 5 over WebSocket (subprotocol `mqtt`) and subscribes to the session's one topic at QoS 1. */
export async function openMqtt(
  session: RealtimeSession,
  scheme: 'wss' | 'ws',
  events: TransportEvents,
): Promise<Transport> {
  // Only a signed-in person needs it, and it is large.
  const [{ default: mqtt }, url] = await Promise.all([import('mqtt'), presignedMqttUrl(session, scheme)]);
  const client = mqtt.connect(`${scheme}://${session.endpoint}/mqtt`, {
    transformWsUrl: () => url,
    clientId: session.clientIdPrefix + crypto.randomUUID(),
    protocolVersion: 5,
    clean: true,
    keepalive: KEEP_ALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // The signed address serves one connect: reconnecting means asking for credentials again.
    reconnectPeriod: 0,
  });
  client.on('connect', () => {
    client.subscribe(session.topic, { qos: 1 }, (error) => {
      if (error) client.end(true);
      else events.onConnected();
    });
  });
  client.on('message', (_topic, payload) => events.onMessage(new TextDecoder().decode(payload)));
  let givenUp = false;
  client.on('close', () => {
    if (!givenUp) events.onClosed();
  });
  client.on('error', () => client.end(true));
  return {
    close: () => {
      givenUp = true;
      client.end(true);
    },
  };
}
