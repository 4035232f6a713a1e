import { literal, type Quantity } from '../growth/quantity.ts';
import { consume, type Flow, type FlowStep, merge, scaled } from '../network/flow.ts';

/** More ways than these are one that is not understood. */
const MAX_WAYS = 6;

/** The ways of tensors of which one is meant: those that have been through the same are one, from wherever they come. */
export function alternatives(flows: readonly Flow[]): readonly Flow[] {
  const groups: Flow[] = [];
  for (const flow of flows) {
    const at = groups.findIndex((other) => hasSameWay(flow, other));
    const same = groups[at];
    if (same === undefined) groups.push(flow);
    else groups[at] = { ...same, origins: [...new Set([...same.origins, ...flow.origins])] };
  }
  return groups.length > MAX_WAYS ? [merge(groups, { kind: 'opaque', what: 'so many ways' })] : groups;
}

function hasSameWay(one: Flow, other: Flow): boolean {
  return one.multiplier === other.multiplier && JSON.stringify(one.steps) === JSON.stringify(other.steps);
}

export function consumed(flows: readonly Flow[], step: FlowStep): readonly Flow[] {
  return flows.map((flow) => consume(flow, step));
}

export function timesAll(flows: readonly Flow[], factor: Quantity): readonly Flow[] {
  return flows.map((flow) => scaled(flow, factor));
}

const LOOP: FlowStep = { kind: 'opaque', what: 'a loop' };
const ONE: Quantity = literal(1);

/** The ways of what a loop carries round. */
export function roundFlows(first: readonly Flow[], second: readonly Flow[]): readonly Flow[] {
  const flows = [...first, ...second];
  const ways = alternatives(flows);
  return ways.length <= first.length ? ways : [{ ...merge(flows, LOOP), multiplier: ONE }];
}
