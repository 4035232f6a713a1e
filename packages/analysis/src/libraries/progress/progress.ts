import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import type { Library } from '../../interpret/machine/library.ts';
import type { Value } from '../../interpret/values/value.ts';

/** Bars that show how far a loop has come: what they are given is what is gone through. */
export const progress: Library = {
  roots: ['tqdm', 'rich', 'alive_progress', 'fastprogress', 'progressbar'],
  call(qualified, site) {
    if (RANGES.test(qualified))
      return site.frame.call(
        { kind: 'reference', qualified: 'builtins.range' },
        { ...site.args, named: new Map() },
        site.span,
      );
    return BARS.test(qualified) ? goneThrough(site) : undefined;
  },
};

const RANGES = /^tqdm(?:\.\w+)*\.(?:trange|tnrange)$/;
const BARS =
  /^(?:tqdm(?:\.\w+)*\.(?:tqdm|tqdm_notebook)|rich\.progress\.track|alive_progress\.alive_it|fastprogress(?:\.\w+)*\.(?:progress_bar|master_bar)|progressbar\.progressbar)$/;

/** What is shown, where its items are known: what becomes of a bar is not done to that. */
function goneThrough({ args }: CallSite): Value | undefined {
  const shown = argument(args, { name: 'iterable', index: 0 }) ?? args.named.get('sequence');
  if (shown?.kind === 'list') return shown.once === true ? shown : { ...shown };
  return shown?.kind === 'tensor' || shown?.kind === 'parameter' ? shown : undefined;
}
