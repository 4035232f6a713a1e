import { answerNow, digestOfText, type Question } from '../analyser/asked-workspace.ts';
import type { JobPlace } from '../analyser/file-analyser.ts';
import { sourceNow, stampOf } from '../analyser/source-now.ts';
import { WorkspaceFiles } from '../analyser/workspace-files.ts';

/** Asks the files of a workspace again what an analysis has asked them. */
export class AnswersNow {
  private readonly files = new WorkspaceFiles();
  private readonly digests = new Map<string, { readonly stamp: string; readonly digest: string }>();

  /** Whether all has the answer that it had. */
  areAlike(questions: readonly Question[], place: JobPlace): boolean {
    const { workspace } = this.files.placeOf(place);
    const digestOf = (path: string) => this.digestOf(path, place);
    return questions.every((question) => answerNow(question, workspace, digestOf) === question.answer);
  }

  private digestOf(path: string, { unsaved, isStill = false }: JobPlace): string {
    const text = path.endsWith('/') ? '' : unsaved?.get(path);
    if (text !== undefined) return digestOfText(text);
    const known = this.digests.get(path);
    if (known !== undefined && isStill) return known.digest;
    const stamp = stampOf(path);
    if (known?.stamp === stamp) return known.digest;
    const digest = digestOfText(sourceNow(path));
    this.digests.set(path, { stamp, digest });
    return digest;
  }
}
