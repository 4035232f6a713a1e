import * as vscode from 'vscode';

/** The scheme of pages that explain models; package.json activates the extension for it, so that one can be restored. */
export const EXPLAIN_SCHEME = 'widthwise-explain';

/** What a page explains: a file, or one model of it. */
export interface Explained {
  readonly source: vscode.Uri;
  readonly className: string | undefined;
}

/** The address of a page, which says all that is needed to make it again. Its name is what its tab shows. */
export function pageOf({ source, className }: Explained): vscode.Uri {
  const name = className ?? source.path.slice(source.path.lastIndexOf('/') + 1);
  const query = new URLSearchParams({
    source: source.toString(),
    ...(className === undefined ? {} : { className }),
  });
  return vscode.Uri.from({
    scheme: EXPLAIN_SCHEME,
    path: `/${name} explained.md`,
    query: query.toString(),
  });
}

/** The inverse of {@link pageOf}. */
export function explainedBy(page: vscode.Uri): Explained {
  const query = new URLSearchParams(page.query);
  return {
    source: vscode.Uri.parse(query.get('source') ?? ''),
    className: query.get('className') ?? undefined,
  };
}
