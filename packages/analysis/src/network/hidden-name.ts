/** No text that is read holds it, so that no name of the code is taken for one that the code computes. */
const MARK = '\0';

/** Stands in a path for a name that the code computes; the number keeps those of one owner apart. */
export function hiddenName(place: number): string {
  return `${MARK}${place}`;
}

/** Whether a path, or one segment of it, has a name in it that the code computes. */
export function hidesName(path: string): boolean {
  return path.includes(MARK);
}

/** A path as it is told, with `*` for each name in it that the code computes. */
export function pathText(path: string): string {
  return path
    .split('.')
    .map((segment) => (hidesName(segment) ? '*' : segment))
    .join('.');
}
