import { remembered } from '../remembered.ts';

/** The words of a name, in lower case: `save_toMuP2` is save, to, mu, p2; `HTTPServer` is http, server. */
export const wordsOf: (name: string) => readonly string[] = remembered((name) =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_.]+/)
    .filter((word) => word !== ''),
);

/** Words that stand one by one in a text. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

const JOINS = wordSet('and then');

/** Verbs of what changes what it is handed, wherever they stand in a name. */
const REWRITES = wordSet(
  'rewrite apply modify mutate alter adjust replace override overwrite boost amplify double halve assign',
);

/** What is measured of a model or an optimizer: `compute_loss_and_accuracy`. */
const MEASURED = wordSet(
  `loss losses acc accuracy precision recall f1 auc error errors norm norms grad grads gradient gradients mean std var
min max top1 top5 time times speed latency memory throughput step steps epoch momentum lr lrs rate rates decay wd flops
params parameters metric metrics output outputs logits score scores`,
);

/** Whether a name tells of more than its first word does: `print_and_rewrite`, where no such word is known. */
export function doesMore([, ...rest]: readonly string[], isKnown: (word: string) => boolean): boolean {
  const isMeant = (word: string) => MEASURED.has(word) || isKnown(word);
  return rest.some((word, at) => REWRITES.has(word) || (JOINS.has(word) && !isMeant(rest[at + 1] ?? '')));
}
