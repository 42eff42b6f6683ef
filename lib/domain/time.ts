declare const unit: unique symbol;

/** Whole seconds since 1970, UTC: Proxmox's unit everywhere. */
export type EpochSeconds = number & { readonly [unit]: 's' };

export const epochSeconds = (seconds: number): EpochSeconds => Math.floor(seconds) as EpochSeconds;

/** The second a millisecond clock is in. */
export const secondOf = (ms: number): EpochSeconds => epochSeconds(ms / 1000);

/** ISO 8601 UTC text without fractions, as our HTTP API writes times: `2021-11-10T19:28:21Z`. */
export const isoTime = (time: EpochSeconds): string => `${new Date(time * 1000).toISOString().slice(0, 19)}Z`;
