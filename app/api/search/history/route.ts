import { Nothing } from '@/lib/contract/nothing';
import { HistoryAnswer, HistoryEntry } from '@/lib/contract/search';
import { route } from '@/lib/http/route';
import { clearHistory, listHistory, noteSearch } from '@/lib/services/search/history';

export const GET = route({ who: 'viewer', input: Nothing, output: HistoryAnswer, run: listHistory });
export const POST = route({ who: 'viewer', input: HistoryEntry, output: HistoryAnswer, run: noteSearch });
export const DELETE = route({ who: 'viewer', input: Nothing, output: HistoryAnswer, run: clearHistory });
