import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const url = z.pipe(
  z.url(),
  z.transform((value: string) => value.replace(/\/+$/, '')),
);

const configSchema = z.object({
  /** For example eu-central-1. */
  region: text,
  /** The URL of the HTTP API, without a slash at the end. */
  apiUrl: url,
  /** The issuer of the users' tokens. */
  issuer: text,
  /** The URL of Cognito's managed login, without a slash at the end. */
  loginUrl: url,
  userPoolClientId: text,
  /** The URL of the Cognito API, which revokes refresh tokens. */
  cognitoEndpoint: url,
  /** `wss` on AWS; `ws` on the local cloud, which has no TLS. */
  iotScheme: z._default(z.enum(['wss', 'ws']), 'wss'),
  stage: text,
  /** The verifier key of the log, which the console checks checkpoints with. Empty: pinned on first use. */
  logKey: z._default(z.string(), ''),
});

/** The configuration of a deployment: `config.json` next to the page. The same build serves every stage. */
export type Config = z.infer<typeof configSchema>;

/** config.json is missing or invalid. The message is for the person who deploys. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Validate the decoded config.json. Throws ConfigError with the names of all invalid settings. */
export function parseConfig(value: unknown): Config {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const invalid = new Set(result.error.issues.map(({ path }) => String(path[0] ?? '')));
  if (invalid.has('')) throw new ConfigError('config.json must be a JSON object.');
  throw new ConfigError(`config.json has missing or invalid settings: ${[...invalid].join(', ')}.`);
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
