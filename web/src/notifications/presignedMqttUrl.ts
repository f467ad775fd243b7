import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RealtimeSession } from '../api/types';

/** How long the URL can open a connection. An open connection isn't affected. */
const URL_VALID_SECONDS = 300;

/**
 * Return the signed URL for MQTT over WebSocket.
 *
 * AWS IoT Core requires that the session token is added after signing. See "MQTT over the WebSocket protocol" in the
 * AWS IoT developer guide.
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
