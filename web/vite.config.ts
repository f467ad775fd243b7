import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { smallerComponents } from './dev/cloudscapeParts.ts';
import { smallerCloudscapeStyles } from './dev/cloudscapeStyles.ts';
import { FIRST_LOAD, preloadFirstLoad } from './dev/firstLoad.ts';
import { localCloud } from './dev/localCloud.ts';

export default defineConfig({
  // Relative URLs, so that the same build works at any path.
  base: './',
  plugins: [react(), localCloud(), smallerComponents(), smallerCloudscapeStyles(), preloadFirstLoad()],
  resolve: {
    alias: {
      // Cloudscape's messages are parsed already.
      '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/lib/no-parser.js',
    },
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: { codeSplitting: { groups: FIRST_LOAD } },
      // It puts what other pages share into the files of the first load.
      experimental: { chunkOptimization: false },
    },
  },
  worker: {
    format: 'es',
    // No hash: a new build joins the session that runs, instead of starting a worker of its own without one. A new
    // version of the messages between them needs a new name.
    rolldownOptions: { output: { entryFileNames: 'session-worker.js' } },
  },
  test: {
    // Component tests select jsdom in their first line.
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // Tests with axe-core take seconds on a busy machine.
    testTimeout: 60_000,
  },
});
