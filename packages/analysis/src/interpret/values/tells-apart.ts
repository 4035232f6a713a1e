/** Whether code compares a name with something or takes an item by it, so that its values make a difference. */
export function tellsApart(code: object, name: string): boolean {
  const ahead: unknown[] = [code];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('kind' in node && (node.kind === 'compare' || node.kind === 'subscript') && mentions(node, name)) {
      return true;
    }
    ahead.push(...Object.values(node));
  }
  return false;
}

function mentions(code: object, name: string): boolean {
  const ahead: unknown[] = [code];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('kind' in node && node.kind === 'name' && 'name' in node && node.name === name) return true;
    ahead.push(...Object.values(node));
  }
  return false;
}
