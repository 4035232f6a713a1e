// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { decodeSource } from '../../../packages/server/src/sources/decode-source.ts';
import type { Input, Judgement } from '../harness/kind.ts';
import { judgeText } from './text.ts';

/** Any bytes are a source with a text, which has an analysis, or a clause that says why not. */
export async function judgeBytes(input: Input): Promise<Judgement> {
  const source = decodeSource(input as Uint8Array);
  if ('text' in source) return judgeText(source.text);
  const said = source.why !== '' && source.why.length < 300 && !source.why.includes('\n');
  return {
    problems: said ? [] : [{ kind: 'words', what: `bytes refused with '${source.why}'` }],
    cpuMs: null,
  };
}
