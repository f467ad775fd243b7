// Generate src/api/generated/<service>.d.ts from the openapi.json of each service.
//   node scripts/generate.mjs [--check] [--services DIR]
// --check only compares: it exits with 1 if a generated file is out of date.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const HEADER = '// Generated from services/SERVICE/openapi.json by `npm run generate`. Do not edit.\n\n';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const isCheck = args.includes('--check');
const servicesOption = args.indexOf('--services');
const services = servicesOption >= 0 ? resolve(args[servicesOption + 1]) : join(web, '..', 'services');
const names = readdirSync(services).filter((name) => existsSync(join(services, name, 'openapi.json')));

async function generateTypes(service) {
  const source = join(services, service, 'openapi.json');
  const ast = await openapiTS(pathToFileURL(source), {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  });
  return HEADER.replace('SERVICE', service) + astToString(ast);
}

let outdated = 0;
for (const service of names) {
  const target = join(web, 'src', 'api', 'generated', `${service}.d.ts`);
  const generated = await generateTypes(service);
  if (isCheck) {
    const committed = await readFile(target, 'utf8').catch(() => '');
    if (committed !== generated) {
      console.error(
        `${relative(web, target)} is out of date with services/${service}/openapi.json: run "npm run generate"`,
      );
      outdated += 1;
    }
  } else {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, generated);
    console.log(`wrote ${relative(web, target)}`);
  }
}
process.exit(outdated ? 1 : 0);
