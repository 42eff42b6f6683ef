/** Next calls it once for each process that serves, and not in the build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return; // compiled for edge too, where none of it would load
  const { boot } = await import('@/lib/boot');
  boot();
}
