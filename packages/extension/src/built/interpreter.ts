import * as vscode from 'vscode';

/** What runs their code. */
export interface ChosenPython {
  /** Null where nobody has chosen one. */
  readonly interpreter: string | null;
  /** What starts it, with `{}` in its place: no file of the project decides that unseen. */
  readonly launch: string;
}

/** The Python that runs a file, and what starts that. */
export async function chosenPython(file: vscode.Uri): Promise<ChosenPython> {
  const launch = vscode.workspace.getConfiguration('widthwise', file).get<unknown>('launch');
  return {
    interpreter: await chosenInterpreter(file),
    launch: typeof launch === 'string' && launch.trim() !== '' ? launch : '{}',
  };
}

/** The same as flags of the command line. */
export function pythonFlags({ interpreter, launch }: ChosenPython): readonly string[] {
  return [...(interpreter === null ? [] : ['--interpreter', interpreter]), '--launch', launch];
}

/** The same for people. */
export function pythonName({ interpreter, launch }: ChosenPython): string {
  const python = interpreter ?? 'The Python of the nearest virtual environment or of the path';
  return launch.trim() === '{}' ? python : `${python}, started by ${launch},`;
}

/** The Python that the Python extension has chosen for a file; null where it is not there, or has chosen none. */
async function chosenInterpreter(file: vscode.Uri): Promise<string | null> {
  const extension = vscode.extensions.getExtension<unknown>('ms-python.python');
  if (extension === undefined) return null;
  try {
    const api = await extension.activate();
    const environments = member(api, 'environments');
    const active = member(environments, 'getActiveEnvironmentPath');
    if (typeof active !== 'function') return null;
    const path = member(active.call(environments, file), 'path');
    return typeof path === 'string' && path !== '' ? path : null;
  } catch {
    // Whatever is wrong with it is that extension's to say; the server looks for a Python of its own.
    return null;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
