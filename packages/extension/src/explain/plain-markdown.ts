/** Text as Markdown shows it, on one line: each sign that could mean something is behind a backslash. */
export function plainMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
}
