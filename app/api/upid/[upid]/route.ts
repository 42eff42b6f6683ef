import { UpidAnswer, UpidRequest } from '@/lib/contract/upid';
import { route } from '@/lib/http/route';
import { decodeUpid } from '@/lib/services/upid/decode-upid';

export const GET = route({
  who: 'anyone',
  input: UpidRequest,
  output: UpidAnswer,
  run: (_visitor, { upid }) => decodeUpid(upid),
});
