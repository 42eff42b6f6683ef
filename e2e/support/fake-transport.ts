import type { Call, Transport } from '@/lib/proxmox/transport';

/** A cluster that is a function: what it gives is read by the real schema, what it throws is thrown. */
export const fakeTransport = (cluster: string, answer: (call: Call) => unknown): Transport => ({
  cluster,
  send: async (call, schema) => ({ data: schema.parse(await answer(call)), total: 0 }),
  stream: async () => {
    throw new Error('this fake has no bodies');
  },
});
