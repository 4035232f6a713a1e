/**
 * What the browser says the language is, where `Intl` knows that name, else English.
 *
 * On a machine without a locale (`LANG=C`) Chromium and Electron say "en-US@posix", at which every `Intl` formatter throws.
 */
export function knownLanguage(said: string): string {
  try {
    Intl.getCanonicalLocales(said);
    return said;
  } catch {
    return 'en-US';
  }
}
