/** Calls one after the other, in the order they came; one that fails does not hold up the next. */
export function inTurn<Args extends readonly unknown[]>(
  run: (...args: Args) => Promise<void>,
): (...args: Args) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (...args) => {
    const turn = last.then(() => run(...args));
    last = turn.catch(() => {});
    return turn;
  };
}
