/** Exit code of bad usage, of what cannot be read, and of what cannot be written: somebody has to mend it. */
export const UNUSABLE = 2;
