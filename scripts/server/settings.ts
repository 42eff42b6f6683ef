import { ConfigError } from '@/lib/config/config-error';
import { loadConfig } from '@/lib/config/load';
import { serverEnvironment } from './environment.mjs';

// Run by the launcher before the server: prints the server's environment as JSON, or refuses the start with one sentence.

const home = process.env.TASKSCOPE_HOME ?? process.cwd();
try {
  process.stdout.write(JSON.stringify(serverEnvironment(loadConfig(process.env), home)));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
