import { describe, expect, it, vi } from 'vitest';
import { ConfigError, loadConfig, parseConfig } from './config';

const whole = {
  region: 'eu-central-1',
  apiUrl: 'https://api.example.com/',
  userPoolId: 'eu-central-1_abc',
  userPoolClientId: 'client',
  cognitoEndpoint: '',
  iotScheme: 'wss',
  stage: 'dev',
};

describe('config.json', () => {
  it('is taken whole, without the slash at the end of apiUrl', () => {
    expect(parseConfig(whole)).toEqual({ ...whole, apiUrl: 'https://api.example.com' });
  });

  it('defaults to AWS when the endpoint and the scheme are left out', () => {
    const { cognitoEndpoint: _endpoint, iotScheme: _scheme, ...rest } = whole;
    expect(parseConfig(rest)).toMatchObject({ cognitoEndpoint: '', iotScheme: 'wss' });
  });

  it('names every setting that is missing or wrong', () => {
    expect(() => parseConfig({ ...whole, userPoolId: '', region: 7, iotScheme: 'http' })).toThrow(
      'region, userPoolId, iotScheme',
    );
  });

  it.each([null, [], 'text'])('refuses %j', (value) => {
    expect(() => parseConfig(value)).toThrow(ConfigError);
  });

  it('is fetched relative to the page and not from a cache', async () => {
    const fetcher = vi.fn<typeof fetch>().mockResolvedValue(Response.json(whole));
    await loadConfig(fetcher);
    expect(fetcher).toHaveBeenCalledWith('config.json', { cache: 'no-store' });
  });

  it('says so when there is none, or it is no JSON', async () => {
    const answering = (response: Response) => vi.fn<typeof fetch>().mockResolvedValue(response);
    await expect(loadConfig(answering(new Response('', { status: 404 })))).rejects.toThrow('answered 404');
    await expect(loadConfig(answering(new Response('<html>')))).rejects.toThrow('not JSON');
  });
});
