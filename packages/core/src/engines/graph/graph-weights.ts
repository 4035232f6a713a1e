import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { concreteScaling } from '../../parametrization/scaling.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import type { GraphRuntime, GraphTensor } from './graph-runtime.ts';
import { REMEMBERED } from './training-graphs.ts';

type Tensors = Record<string, GraphTensor>;

/**
 * The weights of one network as W₀ + Δ, and what the update rule remembers of them. What an update changes stands twice: each
 * reads one set and writes the other.
 */
export class GraphWeights {
  readonly starts: Tensors = {};
  readonly #sets: readonly [Tensors, Tensors] = [{}, {}];
  readonly #layers: readonly { readonly fanIn: number; readonly fanOut: number }[];
  readonly #runtime: GraphRuntime;
  #current: 0 | 1 = 0;

  constructor(spec: RunSpec, runtime: GraphRuntime) {
    this.#runtime = runtime;
    this.#layers = concreteScaling(spec);
    for (const [index, { fanIn, fanOut }] of this.#layers.entries()) {
      const tensor = (): GraphTensor => runtime.tensor(new Float32Array(fanIn * fanOut), [fanOut, fanIn]);
      this.starts[`start${index}`] = tensor();
      for (const name of ['change', ...REMEMBERED[spec.optimizer.kind]]) {
        for (const set of this.#sets) set[`${name}${index}`] = tensor();
      }
    }
  }

  set(params: readonly Matrix[]): void {
    for (const kept of Object.values(this.changing())) kept.data.fill(0);
    for (const [index, { data }] of params.entries()) {
      const start = this.starts[`start${index}`].data;
      const change = this.changing()[`change${index}`].data;
      start.set(data);
      for (let at = 0; at < data.length; at++) change[at] = data[at] - start[at];
    }
  }

  get(): readonly Matrix[] {
    return this.#layers.map(({ fanIn, fanOut }, index) => {
      const change = this.changing()[`change${index}`].data;
      const data = Float64Array.from(this.starts[`start${index}`].data);
      for (let at = 0; at < data.length; at++) data[at] += change[at];
      return matrix(fanOut, fanIn, data);
    });
  }

  /** What an update reads. */
  changing(): Tensors {
    return this.#sets[this.#current];
  }

  /** Δ alone, without what a rule remembers. */
  changes(): Tensors {
    const names = this.#layers.map((_, index) => `change${index}`);
    return Object.fromEntries(names.map((name) => [name, this.changing()[name]]));
  }

  /** What an update writes, by the names of its outputs. */
  changed(): Tensors {
    const next = this.#sets[1 - this.#current];
    return Object.fromEntries(Object.entries(next).map(([name, tensor]) => [`new${name}`, tensor]));
  }

  release(): void {
    for (const each of [this.starts, ...this.#sets].flatMap((set) => Object.values(set)))
      this.#runtime.release(each);
  }

  /** What has been written is what the next update reads. */
  turn(): void {
    this.#current = this.#current === 0 ? 1 : 0;
  }
}
