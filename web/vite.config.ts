import react from '@vitejs/plugin-react';
import type { AcceptedPlugin } from 'postcss';
import { defineConfig } from 'vitest/config';
import { localCloud } from './dev/localCloud.ts';

/** Removes fonts inside of style sheets: Cloudscape's are 139 kB of the first load. src/shell/fonts.css has them as files. */
const withoutInlineFonts: AcceptedPlugin = {
  postcssPlugin: 'without-inline-fonts',
  AtRule: {
    'font-face': (rule) => {
      if (rule.toString().includes("url('data:")) rule.remove();
    },
  },
};

export default defineConfig({
  // Relative URLs, so that the same build works at any path.
  base: './',
  plugins: [react(), localCloud()],
  css: { postcss: { plugins: [withoutInlineFonts] } },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
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
