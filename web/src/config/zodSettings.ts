import { config } from 'zod/mini';

// By default, zod compiles schemas with `new Function`, which the Content-Security-Policy forbids: even the attempt is
// reported as a violation. main.tsx imports this module first, because a schema looks at the setting when it is created.
config({ jitless: true });
