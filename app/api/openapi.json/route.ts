import { ready } from '@/lib/boot';
import { API } from '@/lib/contract/api';
import { Nothing } from '@/lib/contract/nothing';
import { OpenApiDocument, openApi } from '@/lib/contract/openapi';
import { route } from '@/lib/http/route';
import { version } from '@/package.json';

export const GET = route({
  who: 'anyone',
  input: Nothing,
  output: OpenApiDocument,
  run: async () => openApi(API, { version, server: (await ready()).config.basePath }),
});
