/**
 * Does something for each item, some at a time, and answers the results in the order of the items.
 *
 * @param atOnce how many are under way at most, so that what is read for them stays bounded
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // The first that fails is thrown below; of those behind it nobody asks any more.
    result.catch(() => {});
    underWay.push(result);
    if (underWay.length >= atOnce) yield await underWay.shift()!;
  }
  for (const result of underWay) yield await result;
}
