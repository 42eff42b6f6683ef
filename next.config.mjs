import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const basePath = (process.env.BASE_PATH ?? '').replace(/\/+$/, '');

const SECURITY = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
];

/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  // The database thread is started by path and never bundled (lib/archive/sqlite/thread.ts).
  outputFileTracingIncludes: { '/**': ['./lib/archive/sqlite/worker.ts'] },
  outputFileTracingExcludes: { '/**': ['./data/**', './e2e/**', './docs/**', './scripts/**', './test-results/**'] },
  serverExternalPackages: ['undici', 'pino'],
  basePath,
  env: { NEXT_PUBLIC_BASE_PATH: basePath },
  compress: false, // the reverse proxy's work; here it would hold back streams
  poweredByHeader: false,
  typedRoutes: true,
  typescript: { ignoreBuildErrors: true }, // `npm run check` reads the types, and a start on a server need not
  images: { unoptimized: true },
  devIndicators: false,
  async headers() {
    return [
      { source: '/:path*', headers: SECURITY },
      // Answers of the API are data: whatever a browser makes of one, it may load and run nothing. Pages: proxy.ts.
      {
        source: '/api/:path*',
        headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }],
      },
    ];
  },
};
