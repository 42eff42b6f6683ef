import type { Transport } from '@/lib/proxmox/transport';

/**
 * The transport with a line of its own. Guesses wait behind guesses: they hold up neither the collector, nor the renewal
 * of tickets, nor a browser that signed in before.
 */
export const inLine = (pve: Transport, line: 'strangers' | 'known' | undefined): Transport =>
  line === undefined
    ? pve
    : {
        cluster: pve.cluster,
        send: (call, schema) => pve.send({ ...call, line }, schema),
        stream: (call) => pve.stream({ ...call, line }),
      };
