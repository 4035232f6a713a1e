import type { Store } from './store.ts';

/** Keeps nothing: there is no folder that results could belong to. */
export function forgetfulStore(): Store {
  return { directory: '', read: async () => null, publish: async () => {}, list: async () => [] };
}
