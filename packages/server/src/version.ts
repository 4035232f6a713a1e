import process from 'node:process';

/** The version of the package; the build writes it in. */
export const VERSION: string = process.env['WIDTHWISE_VERSION'] ?? 'source';
