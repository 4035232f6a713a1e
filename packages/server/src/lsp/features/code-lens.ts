import { type Analysis, type ModelOutline, verdictLine, verdictWords } from '@widthwise/analysis';
import type { CodeLens, Command } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageText } from '../connection/message-text.ts';
import { widthDeclarations } from './declare-width.ts';
import { rangeOf } from './ranges.ts';

const CHECK_MODEL = 'widthwise.checkModel';
const COMPARE = 'widthwise.compare';
const CHECKS: ReadonlySet<string> = new Set([CHECK_MODEL, COMPARE]);

/** Shows Explain of a model: arguments are the file's URI and the class. */
export const EXPLAIN = 'widthwise.explain';

/**
 * Above each model its verdict, what can be done about it, and only then what it is, since a narrow column cuts the end:
 * `unstable as width grows · 2 findings | Explain | Compare its MLP twin | SP, Adam at one rate`.
 *
 * @param runsChecks whether the editor has the commands that check and compare, as this project's extension has
 */
export function codeLenses(document: TextDocument, analysis: Analysis, runsChecks: boolean): CodeLens[] {
  return analysis.models.flatMap((model) => {
    const range = rangeOf(document, model.span);
    const commands = commandsFor(document, model, analysis);
    return commands
      .filter(({ command }) => runsChecks || !CHECKS.has(command))
      .map((command) => ({ range, command }));
  });
}

function commandsFor(document: TextDocument, model: ModelOutline, analysis: Analysis): Command[] {
  const { uri } = document;
  const count = analysis.findings.filter((finding) => finding.model === model.name).length;
  const findings = count === 0 ? '' : ` · ${count} ${count === 1 ? 'finding' : 'findings'}`;
  const explain = { title: 'Explain', command: EXPLAIN, arguments: [uri, model.name] };
  const lens = (words: string): Command => ({ ...explain, title: messageText(words) });
  const check = isFile(uri)
    ? [
        {
          title: 'Check this model',
          command: CHECK_MODEL,
          arguments: [uri, ...checkedBy(document, model)],
        },
      ]
    : [];
  if (model.verdict === null) {
    const declarations = model.widths.length === 0 ? widthDeclarations(uri, model) : [];
    return [lens(`${verdictLine(model)}${findings}`), ...declarations, explain, ...check];
  }
  const compare = compareOf(uri, model);
  const what = model.headline === null ? [] : [lens(model.headline)];
  return [lens(`${verdictWords(model.verdict)}${findings}`), explain, ...check, compare, ...what];
}

/** A function that builds a model is written for a class; of a chain without one its author begins it with the code of the chain. */
function checkedBy(
  document: TextDocument,
  { name, chain, widths, weights }: ModelOutline,
): readonly unknown[] {
  if (chain === undefined) return [name];
  const range = rangeOf(document, chain);
  const inputs = Number(weights.at(0)?.shape.split(' × ').at(1));
  const begun = { line: range.start.line + 1, code: document.getText(range), widths };
  return [null, Number.isSafeInteger(inputs) ? { ...begun, inputs } : begun];
}

/** Whether it is a file that Python can import. */
function isFile(uri: string): boolean {
  return /^file:.*\.py$/.test(uri);
}

/** A chain of matrices has a twin that is the model but for its biases; of any other model the lens says what it compares. */
function compareOf(uri: string, { name, twin }: ModelOutline): Command {
  const isChain = 'twin' in twin && twin.twin.isChain && isFile(uri);
  return isChain
    ? { title: 'Compare its MLP twin', command: COMPARE, arguments: [uri, name] }
    : { title: 'Compare built-in MLP', command: COMPARE };
}
