import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { certificateFor } from '@/e2e/simulator/http/certificate';

const PROGRAM = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));

/** The part of a site's configuration that docs/reverse-proxy.md tells operators to write, for one place of the product. */
export const location = (path: string, port: number): string => `
    location ${path} {
      proxy_pass http://127.0.0.1:${port};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_buffer_size 16k;
      proxy_buffers 8 16k;
      proxy_read_timeout 3600s;
    }`;

/** Starts Debian's nginx with TLS on `port` and a certificate of its own; gives back how to end it. */
export async function startNginx(folder: string, port: number, locations: string): Promise<() => Promise<void>> {
  if (!PROGRAM) throw new Error("No nginx: install Debian's package nginx-light.");
  mkdirSync(folder, { recursive: true });
  const { key, pem } = certificateFor(folder, 'proxy');
  writeFileSync(join(folder, 'site.key'), key, { mode: 0o600 });
  writeFileSync(join(folder, 'site.pem'), pem);
  const conf = join(folder, 'nginx.conf');
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    conf,
    `daemon off;
worker_processes 1;
error_log ${folder}/error.log;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
${temp.join('\n')}
  access_log off;
  server {
    listen 127.0.0.1:${port} ssl http2;
    ssl_certificate ${folder}/site.pem;
    ssl_certificate_key ${folder}/site.key;
${locations}
  }
}
`,
  );
  const nginx = spawn(PROGRAM, ['-c', conf, '-e', join(folder, 'error.log')], { stdio: 'inherit' });
  await untilListening(nginx, port);
  return async () => {
    if (nginx.exitCode !== null) return;
    const gone = once(nginx, 'exit');
    nginx.kill('SIGTERM');
    await gone;
  };
}

async function untilListening(nginx: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 100 && nginx.exitCode === null; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50)); // nginx says nothing when it listens
  }
  throw new Error('nginx did not start; its message is above');
}
