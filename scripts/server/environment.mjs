/**
 * What the server that Next builds reads from its environment, and next-auth with it. `home` is the folder the product was
 * started in: the server changes into its own, and paths of the configuration mean this one.
 *
 * @param {{ port: number, bind: string, basePath: string, publicUrl?: string, trustedProxies: readonly string[] }} config
 * @param {string} home
 * @returns {Record<string, string>}
 */
export function serverEnvironment({ port, bind, basePath, publicUrl, trustedProxies }, home) {
  const host = bind.includes(':') ? `[${bind}]` : bind;
  const address = publicUrl ?? (basePath === '' ? undefined : `http://${host}:${port}${basePath}`);
  return {
    PORT: String(port),
    HOSTNAME: bind, // shells set it to the machine's name, and the server listens where it points
    TASKSCOPE_HOME: home,
    TRUSTED_PROXIES: trustedProxies.join(','),
    NEXT_TELEMETRY_DISABLED: '1',
    KEEP_ALIVE_TIMEOUT: '65000', // longer than the 60 s a reverse proxy keeps its connections
    ...(address === undefined ? { AUTH_TRUST_HOST: 'true' } : { NEXTAUTH_URL: `${address}/api/auth` }),
  };
}
