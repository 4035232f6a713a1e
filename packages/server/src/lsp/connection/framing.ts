import { Transform } from 'node:stream';
import { quotedJson } from '@widthwise/core';

/** What clients send has some 30 bytes. */
const MOST_HEADER = 4096;
/** A document of 10 MB, every character of it escaped, is below this. */
const MOST_BODY = 2 ** 27;
/** Characters that are said again of what is no header. */
const LONGEST_QUOTE = 40;

/** Reads the headers of a stream of messages and nothing of their bodies, and says what is wrong with the first bad one. */
export class FrameCheck {
  private header = '';
  private bodyLeft = 0;

  /** The next bytes; what is wrong in them, else null. Nothing is kept but one unfinished header. */
  take(chunk: Uint8Array): string | null {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.bodyLeft > 0) {
        const part = Math.min(this.bodyLeft, chunk.length - offset);
        this.bodyLeft -= part;
        offset += part;
        continue;
      }
      this.header += String.fromCharCode(chunk[offset++]!);
      const problem = headerProblem(this.header) ?? this.endHeader();
      if (problem !== null) return problem;
    }
    return null;
  }

  /** Goes on to the body once the header is whole. */
  private endHeader(): string | null {
    if (!this.header.endsWith('\r\n\r\n')) return null;
    const lengths = [...this.header.matchAll(/^Content-Length:[ \t]*(.*?)[ \t]*\r$/gim)].map(
      ([, text]) => text!,
    );
    if (lengths.length !== 1)
      return `a header with ${lengths.length === 0 ? 'no' : 'several'} Content-Length`;
    const [text] = lengths;
    const length = /^\d{1,15}$/.test(text!) ? Number(text) : Number.NaN;
    if (!(length <= MOST_BODY)) {
      return `a Content-Length of ${quotedJson(text, LONGEST_QUOTE)}; expected a number of bytes up to ${MOST_BODY}`;
    }
    this.bodyLeft = length;
    this.header = '';
    return null;
  }
}

/** What is wrong with the beginning of a header; null where it may still become one. */
function headerProblem(header: string): string | null {
  if (header.length > MOST_HEADER) return `a header of more than ${MOST_HEADER} bytes`;
  if (/(?:^|[^\r])\n$/.test(header))
    return 'a header line that does not end in a carriage return and a line feed';
  const line = header.slice(header.lastIndexOf('\n', header.length - 2) + 1);
  if (/^(?:[A-Za-z-]+:|[A-Za-z-]*$|\r)/.test(line)) return null;
  return `${quotedJson(line, LONGEST_QUOTE)} where a header should be`;
}

/** Passes a stream of messages on as it is; its first bad frame is an error, and nothing of that piece comes out. */
export function checkedFrames(): Transform {
  const check = new FrameCheck();
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      const problem = check.take(chunk);
      if (problem === null) done(null, chunk);
      else done(new Error(problem));
    },
  });
}
