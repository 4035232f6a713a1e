/** A finding as the editor underlines it. */
export interface ShownFinding {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** Null for what belongs to no model. */
  readonly model: string | null;
  readonly weights: readonly string[];
}

/** A model and what was found of it, by line. */
export interface ModelFindings {
  readonly uri: string;
  readonly model: string | null;
  readonly findings: readonly ShownFinding[];
}

/** Findings by model, file by file; those of no model stand last in their file. */
export function findingsByModel(found: readonly ShownFinding[]): readonly ModelFindings[] {
  const groups = new Map<string, ShownFinding[]>();
  for (const finding of found) {
    const key = JSON.stringify([finding.uri, finding.model]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .map((findings): ModelFindings => {
      const { uri, model } = findings[0]!;
      return {
        uri,
        model,
        findings: findings.toSorted((a, b) => a.line - b.line || a.character - b.character),
      };
    })
    .toSorted(
      (a, b) =>
        a.uri.localeCompare(b.uri) ||
        Number(a.model === null) - Number(b.model === null) ||
        a.findings[0]!.line - b.findings[0]!.line,
    );
}

/** What a finding says first, without what would mend it and without the marks of code, which a tree shows as they are. */
export function firstSentence(message: string): string {
  const text = message.replaceAll('`', '');
  const end = text.search(/\.(?:\s|$)/);
  return end < 0 ? text : text.slice(0, end);
}

/** Names on a narrow line: two of them, and how many more. */
export function listed(names: readonly string[]): string {
  const more = names.length - 2;
  return `${names.slice(0, 2).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
