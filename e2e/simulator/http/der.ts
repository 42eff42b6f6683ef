/** Just enough DER for a certificate. */
export const der = {
  sequence: (...parts: Buffer[]): Buffer => tlv(0x30, ...parts),
  set: (...parts: Buffer[]): Buffer => tlv(0x31, ...parts),
  /** A context tag around whole values. */
  explicit: (tag: number, ...parts: Buffer[]): Buffer => tlv(0xa0 | tag, ...parts),
  /** A context tag in place of a primitive's own. */
  implicit: (tag: number, bytes: Buffer): Buffer => tlv(0x80 | tag, bytes),
  integer: (bytes: Buffer): Buffer => tlv(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes),
  bits: (bytes: Buffer): Buffer => tlv(0x03, Buffer.of(0), bytes),
  octets: (bytes: Buffer): Buffer => tlv(0x04, bytes),
  true: Buffer.of(0x01, 0x01, 0xff),
  utf8: (text: string): Buffer => tlv(0x0c, Buffer.from(text)),
  utcTime: (date: Date): Buffer => tlv(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`)),
  oid,
};

function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = rest.flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tlv(0x06, Buffer.of(first * 40 + second, ...bytes));
}
