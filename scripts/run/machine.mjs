import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';

const POSTGRES = '/usr/lib/postgresql';
const versions = () =>
  existsSync(POSTGRES) ? readdirSync(POSTGRES).map((version) => join(POSTGRES, version, 'bin')) : [];
const folders = () => [
  ...(process.env.PATH ?? '').split(delimiter),
  ...['/usr/sbin', '/usr/local/sbin'],
  ...versions(),
];

/** Where a program of this machine is, or undefined. */
const find = (name) =>
  folders()
    .map((folder) => join(folder, name))
    .find(existsSync);

/** What tests need of the machine, by the Debian package that has it. */
export const BROWSER = [
  { package: 'chromium', programs: ['chromium', 'chromium-browser', 'google-chrome'] },
  { package: 'nginx-light', programs: ['nginx'] },
];
export const DATABASE = [{ package: 'postgresql', programs: ['initdb'] }];

const missing = (needed) => needed.filter(({ programs }) => !programs.some(find)).map((one) => one.package);

/** Installs what is missing where that is possible. Gives back the packages that are missing still. */
export async function prepareMachine(needed) {
  const packages = missing(needed);
  if (packages.length === 0 || !find('apt-get') || process.getuid?.() !== 0) return packages;
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  process.stdout.write(`Installing ${packages.join(', ')} …\n`);
  await run('apt-get', ['update', '-qq'], quiet);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return missing(needed);
}
