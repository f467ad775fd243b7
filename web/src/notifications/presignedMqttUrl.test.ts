import { describe, expect, it } from 'vitest';
import { presignedMqttUrl } from './presignedMqttUrl';

const session = {
  endpoint: 'abc-ats.iot.eu-central-1.amazonaws.com',
  region: 'eu-central-1',
  credentials: {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    sessionToken: 'token/with+signs=',
    expiration: '2026-01-02T04:04:05Z',
  },
};
const NOW = new Date('2026-01-02T03:04:05Z');

describe('the signed MQTT URL', () => {
  it('has the signature of Signature Version 4', async () => {
    const url = new URL(await presignedMqttUrl(session, 'wss', NOW));
    expect(url.origin + url.pathname).toBe('wss://abc-ats.iot.eu-central-1.amazonaws.com/mqtt');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20260102/eu-central-1/iotdevicegateway/aws4_request',
      'X-Amz-Date': '20260102T030405Z',
      'X-Amz-Expires': '300',
      'X-Amz-SignedHeaders': 'host',
      // Computed with Python's hmac and hashlib, without the session token.
      'X-Amz-Signature': '9042c9a3a6b55210b30b56e32eafcfe1da648d777abc06779bf0e7b39cac6fbb',
      'X-Amz-Security-Token': 'token/with+signs=',
    });
  });

  it('does not sign the session token', async () => {
    const signatureWith = async (sessionToken: string) => {
      const url = await presignedMqttUrl(
        { ...session, credentials: { ...session.credentials, sessionToken } },
        'wss',
        NOW,
      );
      return new URL(url).searchParams.get('X-Amz-Signature');
    };
    expect(await signatureWith('one')).toBe(await signatureWith('another'));
  });

  it('escapes the session token', async () => {
    expect(await presignedMqttUrl(session, 'wss', NOW)).toContain('Security-Token=token%2Fwith%2Bsigns%3D');
  });

  it('keeps the port and the ws scheme of the local cloud', async () => {
    const local = { ...session, endpoint: 'abc-ats.iot.eu-central-1.localhost:4566' };
    expect(await presignedMqttUrl(local, 'ws', NOW)).toMatch(
      /^ws:\/\/abc-ats\.iot\.eu-central-1\.localhost:4566\/mqtt\?/,
    );
  });
});
