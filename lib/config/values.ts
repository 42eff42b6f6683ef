import { X509Certificate } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { Secret } from './secret';
import { parseDuration, parseSize } from './units';

// What a setting may hold. Environment variables are text, so numbers and lists are read from text too; why a value is
// refused is said by the setting's own `expected`, never by zod.

/** Text made into something else by `read`; refused when that gives undefined. */
const read = <T>(reader: (text: string) => T | undefined) =>
  z.string().transform((text, ctx) => {
    const value = reader(text.trim());
    if (value === undefined) ctx.addIssue({ code: 'custom', input: text });
    return value as T; // not used when an issue was added
  });

/** A list, which an environment variable writes with commas. */
export const list = <S extends z.ZodType>(item: S) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean)
        : value,
    z.array(item).min(1),
  );

export const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );

export const duration = read(parseDuration);
export const size = read(parseSize);

export const secret = (accept: (text: string) => boolean) =>
  read((text) => (accept(text) ? new Secret(text) : undefined));

/** `postgres://…/database`, also with a socket's folder as `?host=`. */
export function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

/** `https://host:8006`, given back without a trailing slash. */
export const clusterUrl = read((text) => {
  const url = URL.parse(text);
  const plain = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return plain && url.protocol === 'https:' ? url.origin : undefined;
});

/** The address browsers use, with path and without a trailing slash. */
export const publicUrl = read((text) => {
  const url = URL.parse(text);
  const plain = url && !url.search && !url.hash && !url.username && !url.password;
  return plain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined;
});

/** `''` or `/path`, as Next wants it. */
export const basePath = read((text) => {
  const path = text.replace(/\/+$/, '');
  return path === '' || /^(\/[A-Za-z0-9._~-]+)+$/.test(path) ? path : undefined;
});

/** SHA-256 of a leaf certificate as upper-case hex pairs between colons. */
export const fingerprint = read((text) => {
  const hex = text.replaceAll(':', '').toUpperCase();
  return /^[0-9A-F]{64}$/.test(hex) ? (hex.match(/../g) ?? []).join(':') : undefined;
});

/** An address, or a network in CIDR notation. */
export const network = read((text) =>
  (text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text)) ? text : undefined,
);

export const timeZone = read((text) => {
  if (text === 'browser') return text;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
});

/** Certificates in PEM, at least one of which can be read. */
export function isPem(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined;
  } catch {
    return false;
  }
}
