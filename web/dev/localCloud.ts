import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The outputs of terraform/stages/local that the console needs. */
type Outputs = Record<
  'api_url' | 'region' | 'issuer' | 'login_url' | 'user_pool_client_id' | 'log_vkey',
  string
>;

/**
 * Connect the dev server to the local cloud that `make up` started.
 *
 * It serves /config.json and proxies /api, so that the browser needs only one origin. The environment variable
 * COUNTERSIGN_CLOUD selects the cloud (default: demo).
 */
export function localCloud(): Plugin {
  const folder = join(
    import.meta.dirname,
    '..',
    '..',
    '.countersign',
    process.env.COUNTERSIGN_CLOUD ?? 'demo',
  );
  const readJson = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return {
    name: 'countersign-local-cloud',
    apply: 'serve',
    config(_, { command, isPreview }) {
      if (command !== 'serve' || isPreview || process.env.VITEST) return;
      const apiUrl = new URL((readJson('outputs.json') as Outputs).api_url);
      return {
        server: {
          proxy: {
            '/api': {
              target: apiUrl.origin,
              rewrite: (path) => path.replace(/^\/api/, apiUrl.pathname.replace(/\/$/, '')),
            },
          },
        },
      };
    },
    configureServer(server) {
      server.middlewares.use('/config.json', (request, response) => {
        const outputs = readJson('outputs.json') as Outputs;
        const { endpoint } = readJson('cloud.json') as { endpoint: string };
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            region: outputs.region,
            apiUrl: `http://${request.headers.host ?? 'localhost'}/api`,
            issuer: outputs.issuer,
            loginUrl: outputs.login_url,
            userPoolClientId: outputs.user_pool_client_id,
            cognitoEndpoint: endpoint,
            iotScheme: 'ws',
            stage: 'local',
            logKey: outputs.log_vkey,
          }),
        );
      });
    },
  };
}
