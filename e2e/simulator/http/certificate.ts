import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { der } from './der.ts';

export type Certificate = {
  key: string;
  pem: string /** SHA-256 of the leaf, colon separated hex. */;
  fingerprint: string;
};

/** A node's self-signed certificate, made once and kept, so that a pinned fingerprint holds over restarts. */
export function certificateFor(stateDir: string, name: string): Certificate {
  const file = join(stateDir, `${name}.pem`);
  if (!existsSync(file)) {
    mkdirSync(stateDir, { recursive: true });
    writeFileSync(file, makeCertificate(name), { mode: 0o600 });
  }
  const both = readFileSync(file, 'utf8');
  const at = both.indexOf('-----BEGIN CERTIFICATE-----');
  const pem = both.slice(at);
  return { key: both.slice(0, at), pem, fingerprint: new X509Certificate(pem).fingerprint256 };
}

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const DAY_MS = 86_400_000;

/** Key and certificate in PEM. Good for 127.0.0.1 and localhost, and as its own CA file. */
function makeCertificate(name: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const body = certificateBody(`${name.split('.').at(-1)}.example`, publicKey);
  const signature = sign('sha256', body, privateKey);
  const certificate = der.sequence(body, ECDSA_SHA256, der.bits(signature)).toString('base64');
  const lines = certificate.match(/.{1,64}/g) ?? [];
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return `${key}-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function certificateBody(host: string, publicKey: KeyObject): Buffer {
  const attribute = (oid: string, text: string): Buffer => der.set(der.sequence(der.oid(oid), der.utf8(text)));
  const subject = der.sequence(
    attribute('2.5.4.11', 'PVE Cluster Node'),
    attribute('2.5.4.10', 'Proxmox Virtual Environment'),
    attribute('2.5.4.3', host),
  );
  const now = Date.now();
  const valid = der.sequence(der.utcTime(new Date(now - DAY_MS)), der.utcTime(new Date(now + 729 * DAY_MS)));
  const dnsName = (text: string): Buffer => der.implicit(2, Buffer.from(text));
  const names = der.sequence(der.implicit(7, Buffer.of(127, 0, 0, 1)), dnsName('localhost'), dnsName(host));
  const extensions = der.sequence(
    der.sequence(der.oid('2.5.29.19'), der.true, der.octets(der.sequence(der.true))),
    der.sequence(der.oid('2.5.29.17'), der.octets(names)),
  );
  return der.sequence(
    der.explicit(0, der.integer(Buffer.of(2))),
    der.integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ECDSA_SHA256,
    subject,
    valid,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, extensions),
  );
}
