/** Text as Markdown shows it, also in a cell of a table: names and files are other people's. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_|<>]/g, String.raw`\$&`);
}
