import { DecodeAnswer, DecodeRequest } from '@/lib/contract/log';
import { decodeLog } from '@/lib/domain/log/decode';
import { route } from '@/lib/http/route';

export const POST = route({
  who: 'viewer',
  input: DecodeRequest,
  output: DecodeAnswer,
  run: (_ctx, { body }) => ({ text: decodeLog(body) }),
  maxBodyBytes: 16 * 1024 * 1024,
});
