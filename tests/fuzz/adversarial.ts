import { deep } from './adversarial/deep.ts';
import { grown } from './adversarial/grown.ts';
import { long } from './adversarial/long.ts';
import type { NamedText } from './adversarial/named-text.ts';
import { odd } from './adversarial/odd.ts';
import { unfolding } from './adversarial/unfolding.ts';

/** Every text that was made to hurt. A new one is an entry in the file of its family. */
export const ADVERSARIAL: readonly NamedText[] = [...unfolding, ...odd, ...deep, ...long, ...grown];
