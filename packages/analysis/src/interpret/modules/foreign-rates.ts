import { pair, type Quantity, symbolsOf, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import type { FunctionStatement } from '../../syntax/ast.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { writesRates } from '../../syntax/writes-rates.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { ForeignRate } from '../machine/run-trace.ts';
import { dict, list } from '../values/containers.ts';
import { eachOption } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { quantityOf } from '../values/numbers.ts';
import { number, type OpaqueValue, UNKNOWN, type Value } from '../values/value.ts';
import { groupsOf, leaveUnread, setGroups } from './optimizer-state.ts';

/** The entries of something from outside that code goes through as the groups of an optimizer. */
const GROUPS = 'param_groups';

/** Notes that code asks something from outside for its groups: it may be any optimizer. */
export function noteForeignGroups(name: string, { interpreter }: Frame): void {
  if (name === GROUPS) interpreter.trace.foreign.asksGroups = true;
}

/** Notes `group['lr'] = …` of a group that is from outside. */
export function noteForeignRate(group: OpaqueValue, key: Value, value: Value, { interpreter }: Frame): void {
  const { foreign } = interpreter.trace;
  if (!foreign.asksGroups || key.kind !== 'text' || key.text !== 'lr') return;
  foreign.rates.push(rateOf(quantityOf(value), group));
}

/** Notes that somebody has a function, who may call it though nobody in sight does. */
export function noteRateWriter(definition: FunctionStatement, frame: Frame): void {
  if (comesToRates(definition, frame)) frame.interpreter.trace.foreign.writers.add(definition);
}

/** More functions are not looked into for one. */
const MOST_CALLED = 16;

/** Whether a function writes rates, or one does that it names. */
function comesToRates(definition: FunctionStatement, { interpreter, locals, module }: Frame): boolean {
  const seen = new Set([definition]);
  for (const one of seen) {
    if (writesRates(one)) return true;
    const words = wordsIn(one);
    interpreter.budget.spend(words.size / WORDS);
    for (const word of seen.size < MOST_CALLED ? words : []) {
      const named = locals.get(word) ?? module.globals.get(word);
      if (named?.kind === 'function' && named.definition.kind === 'function') seen.add(named.definition);
    }
  }
  return false;
}

/** How many words are looked up for a unit of work. */
const WORDS = 8;

/** A state of the code in which such a function may have written the rates of an optimizer. */
export function withRatesWritten(build: OptimizerBuild, heap: Heap, by: FunctionStatement | undefined): Heap {
  if (by === undefined) return heap;
  const after = new Heap(heap);
  leaveUnread(build, { what: by.name, span: by.span }, { heap: after });
  return after;
}

/** What becomes of a rate: another one, or one multiplied; unknown where it is computed from what else the group has. */
function rateOf(quantity: Quantity, { symbol: group }: OpaqueValue): ForeignRate {
  const ofGroup = [...symbolsOf(quantity)].filter(({ owner }) => owner === group);
  if (ofGroup.length === 0) return { set: quantity };
  if (quantity.op !== 'multiply' && quantity.op !== 'divide') return { set: UNKNOWN_QUANTITY };
  const { op, left, right } = quantity;
  const isRate = left.op === 'symbol' && left.symbol.owner === group && left.symbol.name === 'lr';
  const isFree = [...symbolsOf(right)].every(({ owner }) => owner !== group);
  return isRate && isFree ? { by: op, factor: right } : { set: UNKNOWN_QUANTITY };
}

/** A state of the code in which an optimizer may have the rates that such code gives it. */
export function withForeignRates(build: OptimizerBuild, heap: Heap, rates: readonly ForeignRate[]): Heap {
  if (rates.length === 0) return heap;
  const after = new Heap(heap);
  const groups = eachOption(groupsOf(build, heap), (option) => {
    if (option.kind !== 'list') return option;
    return list(
      option.items.map((group) => withRates(group, rates)),
      option.open,
    );
  });
  setGroups(build, groups, { heap: after });
  return after;
}

function withRates(group: Value, rates: readonly ForeignRate[]): Value {
  return eachOption(group, (option) => {
    if (option.kind !== 'dict') return option;
    const own = quantityOf(option.entries.get('lr') ?? UNKNOWN);
    const lr = rates
      .map((rate) => ('set' in rate ? rate.set : pair(rate.by, own, rate.factor)))
      .reduce((one, other) => pair('either', one, other), own);
    return dict(new Map(option.entries).set('lr', number(lr)), option.open);
  });
}
