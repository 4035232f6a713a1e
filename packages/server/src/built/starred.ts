/** The name of what a loop makes, whichever of them it is. */
export function starred(name: string): string {
  return name.replaceAll(/(?<=\.)\d+(?=\.|$|\s)/g, '*');
}
