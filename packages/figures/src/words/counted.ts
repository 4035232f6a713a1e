const NUMBER_WORDS = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `1 run`, `2 runs`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A small number in a sentence: `five`. */
export function numberWord(count: number): string {
  return NUMBER_WORDS[count] ?? String(count);
}

/** `a, b and c`; semicolons keep names apart that hold a comma themselves, such as SP, η/n. */
export function listed(names: readonly string[]): string {
  const separator = names.length > 2 && names.some((name) => name.includes(',')) ? '; ' : ', ';
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(separator)} and ${names.at(-1)}`;
}
