import 'server-only';

/**
 * The asker's address. Next fills X-Forwarded-For from the socket when it is not there, and the server in front of Next
 * has removed what TRUSTED_PROXIES does not vouch for (product rule 7), so nobody can choose it.
 */
export const addressOf = (headers: Headers): string =>
  headers.get('x-forwarded-for')?.split(',')[0]?.trim() || 'unknown';
