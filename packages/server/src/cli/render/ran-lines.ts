import { counted, durationText } from '@widthwise/figures';
import type { Ran } from '../experiment-command.ts';

/** How an experiment ran: what was computed, what the store had, which files were written. */
export function ranLines(
  { complete }: { readonly complete: boolean },
  { outcome, seconds, written, isCut }: Ran,
): string[] {
  const { computed, stored } = outcome;
  const kept = [
    ...(computed > 0 ? [`${counted(computed, 'run')} computed in ${durationText(seconds)}`] : []),
    ...(stored > 0 ? [`${counted(stored, 'run')} from the store`] : []),
  ];
  const [page, text, numbers] = ['html', 'md', 'json'].map((ending) =>
    written.find((path) => path.endsWith(`.${ending}`)),
  );
  const report = page ?? text;
  const files = [report && `report  ${report}`, numbers && `numbers  ${numbers}`].filter(Boolean);
  return [
    `${kept.join(', ') || 'no run finished'}${complete && !isCut ? '' : '; the same command again computes the rest'}`,
    ...(files.length === 0 ? [] : [files.join('      ')]),
  ];
}
