/** The deployment's settings, as `config.json` beside the page holds them. One build serves all stages. */
export interface Config {
  /** e.g. eu-central-1 */
  region: string;
  /** The HTTP API's address without a slash at the end. */
  apiUrl: string;
  userPoolId: string;
  userPoolClientId: string;
  /** Empty on AWS; the embedded cloud's address otherwise. */
  cognitoEndpoint: string;
  /** wss on AWS; ws on the embedded cloud, which speaks no TLS. */
  iotScheme: 'wss' | 'ws';
  stage: string;
}

/** config.json is missing, is no JSON, or lacks a setting. The message is for the person who deployed. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const REQUIRED = ['region', 'apiUrl', 'userPoolId', 'userPoolClientId', 'stage'] as const;

/** Checks the decoded config.json. Raises ConfigError naming every setting that is wrong. */
export function parseConfig(value: unknown): Config {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError('config.json must be a JSON object.');
  }
  const settings = value as Record<string, unknown>;
  const wrong: string[] = REQUIRED.filter(
    (name) => typeof settings[name] !== 'string' || settings[name] === '',
  );
  const scheme = settings.iotScheme ?? 'wss';
  if (scheme !== 'wss' && scheme !== 'ws') wrong.push('iotScheme');
  const endpoint = settings.cognitoEndpoint ?? '';
  if (typeof endpoint !== 'string') wrong.push('cognitoEndpoint');
  if (wrong.length > 0) throw new ConfigError(`config.json lacks a usable value for: ${wrong.join(', ')}.`);
  const text = (name: (typeof REQUIRED)[number]) => settings[name] as string;
  return {
    region: text('region'),
    apiUrl: text('apiUrl').replace(/\/+$/, ''),
    userPoolId: text('userPoolId'),
    userPoolClientId: text('userPoolClientId'),
    cognitoEndpoint: endpoint as string,
    iotScheme: scheme as 'wss' | 'ws',
    stage: text('stage'),
  };
}

/** Reads config.json from beside the page, never from a cache: a new deployment may have changed it. */
export async function loadConfig(fetcher: typeof fetch = fetch): Promise<Config> {
  let response: Response;
  try {
    response = await fetcher('config.json', { cache: 'no-store' });
  } catch {
    throw new ConfigError('config.json cannot be reached.');
  }
  if (!response.ok) throw new ConfigError(`config.json answered ${response.status}.`);
  let decoded: unknown;
  try {
    decoded = await response.json();
  } catch {
    throw new ConfigError('config.json is not JSON.');
  }
  return parseConfig(decoded);
}
