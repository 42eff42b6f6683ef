import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { isTheme } from '@/lib/client/preferences';
import { Providers } from './providers';

export const metadata: Metadata = {
  title: { default: 'Taskscope', template: '%s · Taskscope' },
  description: 'The task history of Proxmox VE clusters.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f8f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0c0f' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection(); // each page is made per request: a page made before would lack the nonce that lets its scripts run
  const theme = (await cookies()).get('theme')?.value;
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      data-theme={isTheme(theme) && theme !== 'system' ? theme : undefined}
    >
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
