export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The webview's own source, for its style sheet. */
  readonly cspSource: string;
  /** Fresh for every page. */
  readonly nonce: string;
  /** False leaves the charts empty, so that a test can see that it would notice. */
  readonly draw: boolean;
}

/** Stands below a page that is empty: the style sheet shows it after two seconds, so that only a script that failed leaves it. */
const STARTING =
  'Widthwise is starting. If this stays, the console of “Developer: Open Webview Developer Tools” says why.';

/** The page of a view: one script by nonce, one style sheet, images that it draws itself, nothing remote. */
export function panelHtml({ script, style, cspSource, nonce, draw }: PageParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; img-src data:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Widthwise</title>
<link rel="stylesheet" href="${style}">
</head>
<body data-draw="${draw ? 'on' : 'off'}">
<main id="root"></main>
<p class="starting">${STARTING}</p>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
