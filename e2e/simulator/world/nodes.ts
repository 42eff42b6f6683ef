import type { SimNode } from './model.ts';

/** Whether one member counts another as online; a stopped daemon or proxy is no reason not to. */
export const isOnline = (entry: SimNode, node: SimNode): boolean =>
  node === entry || !['down', 'crashed'].includes(node.state);
