import type { ComponentChildren, ComponentType, VNode } from 'preact';

/** An element as a page would hold it, with its text. */
export interface Element {
  readonly tag: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const isNode = (child: ComponentChildren): child is VNode =>
  typeof child === 'object' && child !== null && 'type' in child;

/**
 * The elements that components without state of their own make, in the order of the document.
 *
 * @param opaque components that need a document: each stands as an element under its name
 */
export function elementsOf(
  child: ComponentChildren,
  opaque: readonly ComponentType<never>[] = [],
): readonly Element[] {
  return expand(child, opaque).elements;
}

interface Expanded {
  readonly elements: readonly Element[];
  readonly text: string;
}

function expand(child: ComponentChildren, opaque: readonly ComponentType<never>[]): Expanded {
  if (Array.isArray(child)) {
    const parts = child.map((each) => expand(each, opaque));
    return {
      elements: parts.flatMap(({ elements }) => elements),
      text: parts.map(({ text }) => text).join(''),
    };
  }
  if (!isNode(child)) return { elements: [], text: typeof child === 'boolean' ? '' : String(child ?? '') };
  const { type, props } = child;
  if (typeof type === 'string') {
    const { children, ...attributes } = props as { children?: ComponentChildren };
    const inner = expand(children, opaque);
    return {
      elements: [{ tag: type, props: attributes, text: inner.text }, ...inner.elements],
      text: inner.text,
    };
  }
  // SAFETY: the only classes among these components are opaque.
  const component = type as (props: unknown) => ComponentChildren;
  if (!opaque.some((each) => each === type)) return expand(component(props), opaque);
  return { elements: [{ tag: component.name, props, text: '' }], text: '' };
}
