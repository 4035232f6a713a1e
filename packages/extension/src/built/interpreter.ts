import * as vscode from 'vscode';

/** The Python that the Python extension has chosen for a file; null where it is not there, or has chosen none. */
export async function chosenInterpreter(file: vscode.Uri): Promise<string | null> {
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
