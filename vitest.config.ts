import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const alias = { '@': root.replace(/\/$/, ''), 'server-only': `${root}e2e/support/server-only.ts` };

// Some tests start processes; a busy machine must not make them fail.
const patience = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          ...patience,
          name: 'node',
          environment: 'node',
          include: ['{app,components,lib,e2e,scripts}/**/*.test.ts'],
          globalSetup: ['lib/archive/postgres/folder.test-support.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          ...patience,
          name: 'dom',
          environment: 'happy-dom',
          setupFiles: ['e2e/support/patient-dom.ts'],
          include: ['{app,components,lib}/**/*.test.tsx'],
        },
      },
    ],
  },
});
