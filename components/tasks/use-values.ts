'use client';

import { useQuery } from '@tanstack/react-query';
import { useZone } from '@/components/ui/clock';
import { countText } from '@/lib/client/format-time';
import { searchQueries } from '@/lib/client/search-queries';
import type { FacetsAnswer } from '@/lib/contract/search';

/** Fields whose values stand beside the list, in their order. */
export const VALUE_FIELDS = ['state', 'result', 'label', 'node', 'user', 'cluster'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];

const AGAIN_MS = 30_000;

/** How often each value of these fields is in what a search finds, each field counted without its own chip. */
export function useValues(search: string, fields: readonly ValueField[]): FacetsAnswer | undefined {
  const zone = useZone();
  return useQuery({ ...searchQueries.facets(search, fields, zone), refetchInterval: AGAIN_MS }).data;
}

/** A count as text; one that stopped early has a plus. */
export const aboutText = ({ count, exact }: { count: number; exact: boolean }): string =>
  `${countText(count)}${exact ? '' : '+'}`;
