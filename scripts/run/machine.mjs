import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';

const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where a program of this machine is, or undefined. */
const find = (name) => FOLDERS.map((folder) => join(folder, name)).find(existsSync);

/** What the browser tests need of the machine, by the Debian package that has it. */
const NEEDED = [
  { package: 'chromium', programs: ['chromium', 'chromium-browser', 'google-chrome'] },
  { package: 'nginx-light', programs: ['nginx'] },
];

const missing = () => NEEDED.filter(({ programs }) => !programs.some(find)).map((one) => one.package);

/** Installs what is missing where that is possible. Gives back the packages that are missing still. */
export async function prepareMachine() {
  const packages = missing();
  if (packages.length === 0 || !find('apt-get') || process.getuid?.() !== 0) return packages;
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  process.stdout.write(`Installing ${packages.join(', ')} …\n`);
  await run('apt-get', ['update', '-qq'], quiet);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return missing();
}
