import { type NextRequest, NextResponse } from 'next/server';

/** The content security policy of a page: a nonce for its scripts, and nothing of anyone else. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const reloading = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  const policy = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${reloading}`,
    `style-src 'self' 'unsafe-inline'`, // Radix adds <style> at run time and takes no nonce
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `object-src 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-taskscope-address', request.nextUrl.pathname + request.nextUrl.search); // where to land after sign-in
  headers.set('content-security-policy', policy); // Next reads the nonce from here
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  // The launcher makes NEXTAUTH_URL of PUBLIC_URL. Browsers ignore this header on plain HTTP.
  if (process.env.NEXTAUTH_URL?.startsWith('https:'))
    response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}

/** Pages, prefetched ones among them; what has no scripts gets its headers from next.config.mjs. */
export const config = { matcher: '/((?!api/|_next/static|_next/image|icon.svg|changelog.md).*)' };
