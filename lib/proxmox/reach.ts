import type { Address, Addresses } from './addresses';
import { ConnectFailure } from './agent';
import { connectReason } from './connect-reason';
import { TimedOut } from './deadline';
import { clusterAway, isNodeAway, isRead, type Place } from './errors';
import { type ExchangedHead, exchange } from './exchange';
import { failureOf } from './failure';

/** A head and the address that gave it. */
export type Reached = { address: Address; head: ExchangedHead };

/**
 * Sends the call to the first address that can be connected. A read goes on to the next also when an address, or the daemon
 * behind it, cannot do its work; a write never does, for it may have been done.
 */
export async function reach(
  addresses: Addresses,
  place: Place,
  authority: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Reached> {
  for (const address of addresses.toTry()) {
    let head: ExchangedHead;
    try {
      head = await exchange(address, place.call, authority, signal);
    } catch (error) {
      if (error instanceof ConnectFailure) {
        addresses.failed(address, connectReason(error.cause));
        continue;
      }
      noteFailure(addresses, address, place, signal);
      throw failureOf(place, address.url, signal, error);
    }
    const fault = faultOf(place, head);
    if (fault === undefined) addresses.answered(address);
    else addresses.doubted(address, fault);
    if (fault === undefined || !isRead(place.call)) return { address, head };
    // Read to its end, it would be given back to the pool; such an answer closes its connection anyway.
    head.body.destroy();
  }
  throw clusterAway(place, addresses.health());
}

function noteFailure(addresses: Addresses, address: Address, place: Place, signal: AbortSignal): void {
  const late = signal.reason instanceof TimedOut ? signal.reason.ms / 1000 : undefined;
  // A call that another node works on says nothing of the entry node.
  if (late !== undefined && place.call.node === undefined)
    addresses.doubted(address, `did not answer within ${late} s`);
  else addresses.undecided(address);
}

/** Why the address itself is to blame for an answer: a reverse proxy without its node, or the node's own daemon is away. */
function faultOf(place: Place, { status, reason }: ExchangedHead): string | undefined {
  const gateway = status >= 502 && status <= 504;
  return gateway || (isNodeAway(status) && place.call.node === undefined)
    ? `answers ${status} ${reason}`.trimEnd()
    : undefined;
}
