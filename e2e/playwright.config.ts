import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

process.env.TZ = 'UTC';

/** The browser of the machine; none is downloaded. scripts/run/machine.mjs sees that there is one. */
const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));
if (!executablePath) throw new Error("No Chromium on PATH: install Debian's package chromium.");

export default defineConfig({
  testDir: 'specs',
  outputDir: fileURLToPath(new URL('../test-results/e2e', import.meta.url)),
  workers: 1, // the limits under test are times
  fullyParallel: false,
  forbidOnly: true,
  // Limits that are promised stand in the tests themselves; a machine that is busy otherwise gets time and one more try.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-default-apps',
        '--disable-extensions',
        '--disable-sync',
        '--no-first-run',
        '--metrics-recording-only',
        '--mute-audio',
        '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
    },
  },
});
