/** Whether a node is this name. */
export function isNamed(
  node: { readonly kind: string; readonly name?: unknown },
  name: string | null,
): boolean {
  return node.kind === 'name' && node.name === name;
}
