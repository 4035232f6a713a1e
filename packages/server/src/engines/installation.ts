import { readFileNow } from '../files/read-file-now.ts';

/** One step of an installation: what is done is not done again. */
export interface InstallStep {
  /** What it does, as it is told: `@tensorflow/tfjs-node 4.22.0, 300 MB`. */
  readonly what: string;
  isDone(): boolean;
  run(): Promise<void>;
}

/**
 * Takes the steps that are not done, in turn; one that is ended half-way leaves those before it.
 *
 * @returns whether all are done: false where it was stopped
 */
export async function install(
  steps: readonly InstallStep[],
  { tell, signal }: { readonly tell: (sentence: string) => void; readonly signal: AbortSignal },
): Promise<boolean> {
  for (const [index, step] of steps.entries()) {
    const place = `${index + 1}/${steps.length}  ${step.what}`;
    if (step.isDone()) {
      tell(`${place}: there`);
      continue;
    }
    tell(`${place} …`);
    try {
      await step.run();
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }
  return true;
}

/** Whether the note that a step has left when it was done says this. */
export function isNoted(file: string, text: string): boolean {
  return readFileNow(file, Buffer.byteLength(text))?.toString('utf8') === text;
}
