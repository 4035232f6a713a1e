import { knownLanguage } from './language.ts';

// uPlot makes its formatter as it is loaded, from this very property: imported before anything that imports uPlot.
Object.defineProperty(navigator, 'language', {
  value: knownLanguage(navigator.language),
  configurable: true,
});
