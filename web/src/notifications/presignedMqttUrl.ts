import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RealtimeSession } from '../api/types';

/** Seconds within which the URL must be used; a connection that stands is not bound by it. */
const URL_VALID_SECONDS = 300;

/**
 * The address that opens MQTT over WebSocket as this session's user.
 *
 * IoT Core's rule: the session token is not part of what is signed, it is appended afterwards
 * (AWS IoT developer guide, "MQTT over the WebSocket protocol").
 */
export async function presignedMqttUrl(
  session: Pick<RealtimeSession, 'endpoint' | 'region' | 'credentials'>,
  scheme: 'wss' | 'ws',
  now: Date = new Date(),
): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = session.credentials;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region: session.region,
    service: 'iotdevicegateway',
    sha256: Sha256,
  });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: `${scheme}:`,
      hostname: session.endpoint,
      path: '/mqtt',
      headers: { host: session.endpoint },
      query: {},
    },
    { expiresIn: URL_VALID_SECONDS, signingDate: now },
  );
  const query = Object.entries({ ...signed.query, 'X-Amz-Security-Token': sessionToken })
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${scheme}://${session.endpoint}/mqtt?${query}`;
}
