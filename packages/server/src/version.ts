declare const WIDTHWISE_VERSION: string | undefined;

/** The version of the package; the build writes it in. */
export const VERSION: string = typeof WIDTHWISE_VERSION === 'undefined' ? 'source' : WIDTHWISE_VERSION;
