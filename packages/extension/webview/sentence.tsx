import type { JSX } from 'preact';

/** Spans between as many backticks as they begin with. */
const CODE = /(`+)(.+?)\1(?!`)/;

/** A sentence with its code as code; a power stays on one line. */
export function Sentence({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text.split(CODE).map((part, index) => {
        // Text, backticks and code take turns.
        if (index % 3 === 1) return null;
        // A word joiner: no line ends between a minus and its number.
        return index % 3 === 0 ? part.replaceAll('^-', '^-\u2060') : <code key={index}>{part.trim()}</code>;
      })}
    </>
  );
}
