import { doesMore, wordSet, wordsOf } from '../../syntax/name-words.ts';
import { lastName } from './unread-optimizer.ts';

/** What functions are called that set where a model starts, and leave what it makes of that. */
const INITIALIZES = wordSet(
  'init inits initialize initialise initializer initialization initialized reset load loads loader pretrained pretrain weight weights checkpoint',
);
/** Words of what sets more than that. */
const MULTIPLIES = wordSet('scale scaled scaling rescale rescaled multiply multiplier reweight mup mu');

/** Whether code that is not read sets where weights start, by its name, and no more than that. */
export function initializes(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => INITIALIZES.has(word)) && !words.some((word) => MULTIPLIES.has(word));
}

/** Words of what sets the values of what it is handed, or makes it something else. */
const SETS = wordSet(
  `init inits initialize initialise initializer initialization initialized reset set fill zero normal uniform xavier glorot
kaiming lecun orthogonal trunc std start restart norm normalize parametrize parametrization reparametrize spectral tie ties
share shared replace convert quantize prune mask shapes base`,
);

/** Whether a function may set the values of what it is handed, by its name. */
export function setsStarts(to: string): boolean {
  const name = lastName(to);
  return name.endsWith('_') || wordsOf(name).some((word) => SETS.has(word) || MULTIPLIES.has(word));
}

/** Methods that collect what they are handed, or write it down, by their first word. */
const ONLY_COLLECTS = wordSet(
  'append add extend insert setdefault index count remove discard log logs info debug warning save',
);

/** Whether a function keeps what it is handed or writes it down, by its name, and no more than that. */
export function onlyCollects(name: string): boolean {
  const words = wordsOf(name);
  if (doesMore(words, (word) => ONLY_COLLECTS.has(word))) return false;
  return ONLY_COLLECTS.has(words[0] ?? '') && !words.some((word) => MULTIPLIES.has(word));
}

/** What saves an optimizer, wraps it or lets it take a step. */
const LEAVES_RATES = wordSet(
  `append add extend insert setdefault index log info debug warning print save dump prepare setup step unscale zero toggle
untoggle backward state manual clip found isinstance type id`,
);
/** Words of what does more than that, unless it writes them down. */
const OF_RATES = wordSet(
  'lr lrs rate rates scale scaled scaling group groups decay wd warmup schedule mup mu',
);
const WRITES = wordSet('log info debug warning print save dump isinstance type id');

/** Whether what is handed an optimizer leaves its rates alone, by its name. */
export function leavesRates(name: string): boolean {
  const words = wordsOf(name);
  const [first = ''] = words;
  if (doesMore(words, (word) => WRITES.has(word) || LEAVES_RATES.has(word))) return false;
  if (WRITES.has(first)) return true;
  if (words.some((word) => OF_RATES.has(word))) return false;
  return LEAVES_RATES.has(first) || (first === 'get' && name.endsWith('state_dict'));
}
