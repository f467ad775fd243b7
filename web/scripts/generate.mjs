// Writes src/api/generated/<service>.d.ts from each service's committed openapi.json.
//   node scripts/generate.mjs [--check] [--services DIR]
// --check writes nothing and exits 1 when a committed file differs from what would be written.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const SERVICES = ['workflow', 'audit', 'notifications'];
const HEADER = '// Generated from services/SERVICE/openapi.json by `npm run generate`. Do not edit.\n\n';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const checking = args.includes('--check');
const at = args.indexOf('--services');
const services = at >= 0 ? resolve(args[at + 1]) : join(web, '..', 'services');

async function typesOf(service) {
  const source = join(services, service, 'openapi.json');
  const ast = await openapiTS(pathToFileURL(source), { defaultNonNullable: false });
  return HEADER.replace('SERVICE', service) + astToString(ast);
}

let stale = 0;
for (const service of SERVICES) {
  const target = join(web, 'src', 'api', 'generated', `${service}.d.ts`);
  const wanted = await typesOf(service);
  if (checking) {
    const committed = await readFile(target, 'utf8').catch(() => '');
    if (committed !== wanted) {
      console.error(
        `${relative(web, target)} is not what services/${service}/openapi.json says: run "npm run generate"`,
      );
      stale += 1;
    }
  } else {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, wanted);
    console.log(`wrote ${relative(web, target)}`);
  }
}
process.exit(stale ? 1 : 0);
