import { exactValue } from '../growth/quantity.ts';
import { toNumber } from '../growth/rational.ts';
import type { Value } from '../interpret/values/value.ts';
import type { ModelRun } from './model-run.ts';

/** The settings of a model that are taken to be what its code gives them, or says they are: `depth = '11'`. */
export function settingsOf(run: ModelRun): readonly string[] {
  return [...settledIn(run), ...(run.configured?.settings ?? []), ...flagsOf(run)];
}

function settledIn({ definition, interpreter }: ModelRun): readonly string[] {
  const { settled, symbols, annotated } = interpreter;
  const model = symbols.ofDefinition(definition);
  return [...settled].flatMap(([{ name, owner }, value]) => {
    const written = writtenOf(value) ?? (value.kind === 'number' ? 'one number' : undefined);
    if (written === undefined || owner === null) return [];
    if (owner === model || annotated.has(owner)) return [`${name} = ${written}`];
    return owner.owner === model ? [`${owner.name}['${name}'] = ${written}`] : [];
  });
}

/** What functions that nobody in sight calls, and scripts, are taken to be given, since they are called so by default. */
export function chosenIn({ interpreter: { settled, presetTexts, switches } }: ModelRun): readonly string[] {
  const named = [...settled].flatMap(([symbol, value]) => {
    const written = presetTexts.has(symbol) ? writtenOf(value) : undefined;
    return written === undefined ? [] : [`${symbol.name} = ${written}`];
  });
  return [...named, ...[...switches.chosen].map(([name, text]) => `${name} = '${text}'`)];
}

/** How many items of a list are shown. */
const SHOWN = 8;

/** Switches and choices of configurations that are taken to be what their classes say. */
function flagsOf({ flags }: ModelRun): readonly string[] {
  return [...flags].flatMap(([{ name }, value]) => {
    const written = writtenOf(value);
    return written === undefined ? [] : [`${name} = ${written}`];
  });
}

function writtenOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'truth') return value.value ? 'True' : 'False';
  if (value?.kind === 'text') return `'${value.text}'`;
  if (value?.kind === 'number') {
    const exact = exactValue(value.quantity);
    return exact && String(toNumber(exact));
  }
  if (value?.kind !== 'list') return undefined;
  const items = value.items.slice(0, SHOWN).map((item) => writtenOf(item) ?? '…');
  return `[${[...items, ...(value.items.length > SHOWN ? ['…'] : [])].join(', ')}]`;
}
