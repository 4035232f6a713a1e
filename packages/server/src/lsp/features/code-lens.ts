import { type Analysis, type ModelOutline, verdictLine } from '@widthwise/analysis';
import type { CodeLens, Command } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageText } from '../connection/message-text.ts';
import { widthDeclarations } from './declare-width.ts';
import { rangeOf } from './ranges.ts';

/** Above each model its verdict and what can be done about it: `SP, Adam at one rate · unstable as width grows | Explain`. */
export function codeLenses(document: TextDocument, analysis: Analysis): CodeLens[] {
  return analysis.models.flatMap((model) => {
    const range = rangeOf(document, model.span);
    return commandsFor(document.uri, model, analysis).map((command) => ({ range, command }));
  });
}

function commandsFor(uri: string, model: ModelOutline, analysis: Analysis): Command[] {
  const count = analysis.findings.filter((finding) => finding.model === model.name).length;
  const findings = count === 0 ? '' : ` · ${count} ${count === 1 ? 'finding' : 'findings'}`;
  const explain = { title: 'Explain', command: 'widthwise.explain', arguments: [uri, model.name] };
  const verdict = { ...explain, title: messageText(`${verdictLine(model)}${findings}`) };
  if (model.widths.length === 0) return [verdict, ...widthDeclarations(uri, model), explain];
  if (model.verdict === null) return [verdict, explain];
  return [verdict, explain, { title: 'Compare', command: 'widthwise.compare' }];
}
