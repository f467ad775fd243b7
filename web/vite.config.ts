import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { localCloud } from './dev/localCloud.ts';

export default defineConfig({
  // Relative URLs, so that the same build works at any path.
  base: './',
  plugins: [react(), localCloud()],
  // amazon-cognito-identity-js uses `global`, the name of the global object in Node.
  define: { global: 'globalThis' },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  test: {
    // Component tests select jsdom in their first line.
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // Tests with axe-core take seconds on a busy machine.
    testTimeout: 20_000,
  },
});
