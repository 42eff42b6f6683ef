const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

const baselines = new Map<string, number>();

/**
 * One JSON line for programs on standard output, one row for people on standard error. The first case of a bench is the
 * baseline of the others, `cpu_ms` is the CPU of one round: compare ratios of one run, machines differ.
 */
export function report(bench: string, name: string, times: readonly number[], note: string, cpuMs?: number): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    rounded(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0);
  if (!baselines.has(bench)) baselines.set(bench, at(0.5));
  const line = {
    bench,
    case: name,
    n: times.length,
    median_ms: at(0.5),
    p95_ms: at(0.95),
    baseline_median_ms: baselines.get(bench),
    ...(cpuMs === undefined ? {} : { cpu_ms: rounded(cpuMs) }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  process.stderr.write(
    `${name.padEnd(28)} ${String(line.median_ms).padStart(10)} ms  p95 ${String(line.p95_ms).padStart(10)} ms  cpu ${String(line.cpu_ms ?? '-').padStart(9)} ms  ${note}\n`,
  );
}
