import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { SourceFile } from 'typescript/unstable/ast';
import { API, type Snapshot } from 'typescript/unstable/sync';

/** A mutant may leave something unused or out of reach; that is no reason to refuse it. */
const ALLOWED = new Set([6133, 6138, 6192, 6196, 6198, 6199, 7027]);

const isSource = (file: string): boolean =>
  /\.tsx?$/.test(file) && !/\.(test|fixture|d)\.tsx?$|\/dist\/|\/node_modules\//.test(file);

/** The packages of a checkout as the compiler sees them. */
export class TypeChecker {
  private readonly api: API;
  private readonly projectOf = new Map<string, string>();
  private snapshot: Snapshot;

  constructor(root: string) {
    this.api = new API({ cwd: root });
    const packages = path.join(root, 'packages');
    const projects = readdirSync(packages)
      .flatMap((name) => [name, `${name}/webview`])
      .map((name) => path.join(packages, name, 'tsconfig.json'))
      .filter((project) => existsSync(project));
    this.snapshot = this.api.updateSnapshot({ openProjects: projects });
    for (const project of projects) {
      for (const file of this.snapshot.getProject(project)?.rootFiles ?? []) {
        if (isSource(file)) this.projectOf.set(file, project);
      }
    }
  }

  /** Every source file of the packages, without tests and fixtures, in order. */
  files(): string[] {
    return [...this.projectOf.keys()].sort();
  }

  source(file: string): SourceFile {
    const source = this.program(file)?.getSourceFile(file);
    if (!source) throw new Error(`${file} is in no project`);
    return source;
  }

  /** Whether a file that has just been written still means something to the compiler. */
  accepts(file: string): boolean {
    const before = this.snapshot;
    this.snapshot = this.api.updateSnapshot({ fileChanges: { changed: [file] } });
    before.dispose();
    const program = this.program(file);
    if (!program) return false;
    const complaints = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return complaints.every(({ code }) => ALLOWED.has(code));
  }

  close(): void {
    this.api.close();
  }

  private program(file: string) {
    return this.snapshot.getProject(this.projectOf.get(file) ?? '')?.program;
  }
}
