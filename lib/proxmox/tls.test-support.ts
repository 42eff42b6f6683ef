import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificates = { ca: string; key: string; cert: string; fingerprint: string };

/**
 * A CA and a certificate of it for 127.0.0.1 or another name, made by openssl. The fingerprint is the leaf's SHA-256 as
 * Proxmox shows it.
 */
export function certificates(name = 'IP:127.0.0.1'): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'taskscope-tls-'));
  const file = (of: string) => join(folder, of);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  try {
    openssl('req', '-x509', ...ec, '-keyout', file('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=Lab CA');
    openssl('req', ...ec.slice(0, -2), '-keyout', file('key'), '-out', file('csr'), '-subj', '/CN=pve1');
    writeFileSync(file('ext'), `subjectAltName=${name}\n`);
    const signer = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', file('csr'), ...signer, '-extfile', file('ext'), '-out', file('cert'));
    const [ca, key, cert] = ['ca.pem', 'key', 'cert'].map((of) => readFileSync(file(of), 'utf8'));
    if (!ca || !key || !cert) throw new Error('openssl made no certificate');
    return { ca, key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
