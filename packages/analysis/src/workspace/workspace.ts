/** The files around the one that is analysed, as whoever reads files finds them. The same question has one answer. */
export interface Workspace {
  /**
   * The module that the code of a file means by a name.
   *
   * @param name `package.module`, or relative to the file as Python writes it: `.module`, `..`
   * @param from the path of that file
   * @returns undefined where the workspace has no such module
   */
  find(name: string, from: string): FoundModule | undefined;
  /** The modules that may train a model of these names that the file has, the likeliest first, of those that are as likely the nearest. */
  callers?(path: string, models: readonly string[]): readonly FoundModule[];
  /** The modules that import something of this name from the file, those that are nearest first. */
  users?(path: string, name: string): readonly FoundModule[];
  /** The text of a module that was found; undefined where it cannot be read. */
  read(path: string): string | undefined;
}

/** A module of the workspace that has not been read. */
export interface FoundModule {
  readonly path: string;
  /** By which other modules import it, whatever it was called when it was looked for: `package.module`. */
  readonly name: string;
  /** Of a module that may train a model: whether it names no optimizer, or has the model from what other modules make of it. */
  readonly isFarther?: boolean;
}

/** How the path begins that the description of a module has in place of a file's. */
export const DESCRIBED = 'described:';

/** Where an analysed text stands among others. */
export interface Place {
  readonly path: string;
  readonly workspace: Workspace;
  /** Whether the files stay as they are for as long as many are analysed. */
  readonly isStill?: boolean;
}

/** A name that is imported, taken apart. */
export interface ImportedName {
  readonly module: string;
  readonly name: string;
}

/** `package.module.Name` as `package.module` and `Name`, `..Name` as `..` and `Name`; undefined for a module that stands alone. */
export function importedName(qualified: string): ImportedName | undefined {
  const dot = qualified.lastIndexOf('.');
  if (dot < 0 || dot === qualified.length - 1) return undefined;
  const isRelative = /^\.*$/.test(qualified.slice(0, dot));
  return { module: qualified.slice(0, isRelative ? dot + 1 : dot), name: qualified.slice(dot + 1) };
}
