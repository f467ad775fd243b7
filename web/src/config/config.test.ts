import { describe, expect, it, vi } from 'vitest';
import { ConfigError, loadConfig, parseConfig } from './config';

const complete = {
  region: 'eu-central-1',
  apiUrl: 'https://api.example.com/',
  issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc',
  loginUrl: 'https://login.example.com',
  userPoolClientId: 'client',
  cognitoEndpoint: 'https://cognito-idp.eu-central-1.amazonaws.com',
  iotScheme: 'wss',
  stage: 'dev',
  logKey: 'log.example+00000000+Ag==',
};

describe('config.json', () => {
  it('is read with the slash at the end of apiUrl removed', () => {
    expect(parseConfig(complete)).toEqual({ ...complete, apiUrl: 'https://api.example.com' });
  });

  it('defaults to TLS and no key of the log if these settings are missing', () => {
    const { iotScheme: _scheme, logKey: _key, ...rest } = complete;
    expect(parseConfig(rest)).toMatchObject({ iotScheme: 'wss', logKey: '' });
  });

  it('is rejected with the names of all missing and invalid settings', () => {
    expect(() =>
      parseConfig({ ...complete, loginUrl: 'login', region: 7, iotScheme: 'http', logKey: 1 }),
    ).toThrow('region, loginUrl, iotScheme, logKey');
  });

  it.each([null, [], 'text'])('is rejected if it is %j', (value) => {
    expect(() => parseConfig(value)).toThrow(ConfigError);
  });

  it('is fetched relative to the page and without the cache', async () => {
    const fetcher = vi.fn<typeof fetch>().mockResolvedValue(Response.json(complete));
    await loadConfig(fetcher);
    expect(fetcher).toHaveBeenCalledWith('config.json', { cache: 'no-store' });
  });

  it('is reported if it is missing or not JSON', async () => {
    const respondWith = (response: Response) => vi.fn<typeof fetch>().mockResolvedValue(response);
    await expect(loadConfig(respondWith(new Response('', { status: 404 })))).rejects.toThrow('status 404');
    await expect(loadConfig(respondWith(new Response('<html>')))).rejects.toThrow('not valid JSON');
  });
});
