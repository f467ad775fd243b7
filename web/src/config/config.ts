/** The configuration of a deployment: `config.json` next to the page. The same build serves every stage. */
export interface Config {
  /** For example eu-central-1. */
  region: string;
  /** The URL of the HTTP API, without a slash at the end. */
  apiUrl: string;
  userPoolId: string;
  userPoolClientId: string;
  /** Empty on AWS; the URL of the local cloud otherwise. */
  cognitoEndpoint: string;
  /** `wss` on AWS; `ws` on the local cloud, which has no TLS. */
  iotScheme: 'wss' | 'ws';
  stage: string;
  /** The verifier key of the log, which the console checks checkpoints with. Empty: pinned on first use. */
  logKey: string;
}

/** config.json is missing or invalid. The message is for the person who deploys. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const REQUIRED = ['region', 'apiUrl', 'userPoolId', 'userPoolClientId', 'stage'] as const;

/** Validate the decoded config.json. Throws ConfigError with the names of all invalid settings. */
export function parseConfig(value: unknown): Config {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError('config.json must be a JSON object.');
  }
  const settings = value as Record<string, unknown>;
  const invalid: string[] = REQUIRED.filter(
    (name) => typeof settings[name] !== 'string' || settings[name] === '',
  );
  const scheme = settings.iotScheme ?? 'wss';
  if (scheme !== 'wss' && scheme !== 'ws') invalid.push('iotScheme');
  const endpoint = settings.cognitoEndpoint ?? '';
  if (typeof endpoint !== 'string') invalid.push('cognitoEndpoint');
  const logKey = settings.logKey ?? '';
  if (typeof logKey !== 'string') invalid.push('logKey');
  if (invalid.length > 0) {
    throw new ConfigError(`config.json has missing or invalid settings: ${invalid.join(', ')}.`);
  }
  const text = (name: (typeof REQUIRED)[number]) => settings[name] as string;
  return {
    region: text('region'),
    apiUrl: text('apiUrl').replace(/\/+$/, ''),
    userPoolId: text('userPoolId'),
    userPoolClientId: text('userPoolClientId'),
    cognitoEndpoint: endpoint as string,
    iotScheme: scheme as 'wss' | 'ws',
    stage: text('stage'),
    logKey: logKey as string,
  };
}

/** Fetch config.json. Skips the browser's cache, because a new deployment might have changed it. */
export async function loadConfig(fetcher: typeof fetch = fetch): Promise<Config> {
  let response: Response;
  try {
    response = await fetcher('config.json', { cache: 'no-store' });
  } catch {
    throw new ConfigError("Can't load config.json.");
  }
  if (!response.ok) throw new ConfigError(`The request for config.json returned status ${response.status}.`);
  let decoded: unknown;
  try {
    decoded = await response.json();
  } catch {
    throw new ConfigError('config.json is not valid JSON.');
  }
  return parseConfig(decoded);
}
