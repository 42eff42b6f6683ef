// Preloaded (`node --import`) where TypeScript of this project runs without the bundler: what the bundler resolves is
// resolved here, Node itself strips the types. Worker threads inherit it.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    // The marker package throws wherever no bundler says that this is the server.
    if (specifier === 'server-only') {
      return next(new URL('node_modules/server-only/empty.js', root).href, context);
    }
    const own = specifier.startsWith('@/')
      ? new URL(specifier.slice(2), root)
      : specifier.startsWith('.') && context.parentURL?.startsWith(root.href)
        ? new URL(specifier, context.parentURL)
        : undefined;
    if (
      own &&
      !own.pathname.includes('/node_modules/') &&
      !existsSync(own) &&
      existsSync(fileURLToPath(`${own.href}.ts`))
    ) {
      return next(`${own.href}.ts`, context);
    }
    return next(specifier.startsWith('@/') && own ? own.href : specifier, context);
  },
});
