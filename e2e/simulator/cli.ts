import { HELP, readOptions } from './options.ts';
import { startSimulator } from './simulator.ts';

/** `node e2e/simulator/cli.ts --help`; ends with SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const simulator = await startSimulator(options);
  process.stdout.write(`${JSON.stringify(simulator.announcement)}\n`);
  const end = (): void => {
    void simulator.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
