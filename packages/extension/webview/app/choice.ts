/** A run by what it is, so that it is found again in a comparison that was started anew. */
export interface RunName {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
}

/** What a person chose to see; survives that the page is hidden, the window reloaded, the server gone. */
export interface Choice {
  readonly layer?: number;
  readonly step?: number;
  /** Null follows the training. */
  readonly run?: RunName | null;
}

/** What a page left for the next one, as far as it is a choice. */
export function choiceFrom(left: unknown): Choice {
  if (!isRecord(left)) return {};
  const { layer, step, run } = left;
  return {
    ...(typeof layer === 'number' ? { layer } : {}),
    ...(typeof step === 'number' ? { step } : {}),
    ...(isRunName(run) ? { run } : {}),
  };
}

function isRunName(value: unknown): value is RunName {
  return (
    isRecord(value) &&
    typeof value['parametrization'] === 'string' &&
    typeof value['width'] === 'number' &&
    typeof value['seed'] === 'number'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
