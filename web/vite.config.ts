import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { localCloud } from './dev/localCloud.ts';

export default defineConfig({
  // Relative addresses: the same build is served from a bucket's root and from any path below one.
  base: './',
  plugins: [react(), localCloud()],
  // amazon-cognito-identity-js still asks for Node's name of the global object.
  define: { global: 'globalThis' },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  test: {
    // Tests of components say in their first line that they need a document.
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
