import { DecodeAnswer, DecodeRequest } from '@/lib/contract/log';
import { decodeLog } from '@/lib/domain/log/decode';
import { route } from '@/lib/http/route';

export const POST = route({
  who: 'viewer',
  input: DecodeRequest,
  output: DecodeAnswer,
  run: (_ctx, { body }) => ({ text: decodeLog(body) }),
  maxBodyBytes: 2 ** 20, // the most that is let in at all (scripts/server/limits.ts)
});
