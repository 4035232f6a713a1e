import * as vscode from 'vscode';
import {
  findingsByModel,
  firstSentence,
  listed,
  type ModelFindings,
  type ShownFinding,
} from './findings-by-model.ts';

type Node = ModelFindings | ShownFinding;

/** The view of what was found, model by model; a click goes to the line. */
export function findingsView(): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<Node>('widthwise.findings', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => {
        if (node === undefined) return [...findingsByModel(shownFindings())];
        return 'findings' in node ? [...node.findings] : [];
      },
      getTreeItem: (node) => ('findings' in node ? modelItem(node) : findingItem(node)),
    },
  });
  const count = (): void => {
    const found = shownFindings().length;
    const tooltip = `${found} ${found === 1 ? 'finding' : 'findings'} of Widthwise`;
    view.badge = found === 0 ? undefined : { value: found, tooltip };
  };
  count();
  return vscode.Disposable.from(
    view,
    changed,
    vscode.languages.onDidChangeDiagnostics(() => {
      count();
      changed.fire();
    }),
  );
}

const SEVERITIES: Readonly<Record<vscode.DiagnosticSeverity, ShownFinding['severity']>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'information',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

function shownFindings(): readonly ShownFinding[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics
      .filter(({ source }) => source === 'widthwise')
      .map((diagnostic): ShownFinding => {
        const { code, range, message, severity } = diagnostic;
        return {
          uri: uri.toString(),
          line: range.start.line,
          character: range.start.character,
          code: String(typeof code === 'object' ? code.value : (code ?? '')),
          message,
          severity: SEVERITIES[severity],
          ...belongings(diagnostic),
        };
      }),
  );
}

/** What the server sent beside a diagnostic, which the client keeps with it. */
function belongings(diagnostic: vscode.Diagnostic): Pick<ShownFinding, 'model' | 'weights'> {
  const data: unknown = Reflect.get(diagnostic, 'data');
  const of = (name: string): unknown =>
    typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
  const [model, weights] = [of('model'), of('weights')];
  return {
    model: typeof model === 'string' ? model : null,
    weights: Array.isArray(weights) ? weights.map(String) : [],
  };
}

function modelItem({ uri, model, findings }: ModelFindings): vscode.TreeItem {
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  const item = new vscode.TreeItem(model ?? file, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${uri} ${model}`;
  item.description = `${model === null ? '' : `${file} · `}${findings.length}`;
  item.iconPath = new vscode.ThemeIcon(model === null ? 'file' : 'symbol-class');
  return item;
}

const ICONS: Readonly<Record<ShownFinding['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'lightbulb',
};

function findingItem(finding: ShownFinding): vscode.TreeItem {
  const { uri, line, character, code, message, severity, weights } = finding;
  const item = new vscode.TreeItem(weights.length === 0 ? firstSentence(message) : listed(weights));
  item.description = `${code} · line ${line + 1}${weights.length === 0 ? '' : ` · ${firstSentence(message)}`}`;
  // Text, and no Markdown: names of weights are other people's.
  item.tooltip = weights.length === 0 ? message : `${weights.join(', ')}\n${message}`;
  item.iconPath = new vscode.ThemeIcon(ICONS[severity]);
  const selection = new vscode.Range(line, character, line, character);
  item.command = {
    command: 'vscode.open',
    title: 'Go to Line',
    arguments: [vscode.Uri.parse(uri), { selection } satisfies vscode.TextDocumentShowOptions],
  };
  return item;
}
