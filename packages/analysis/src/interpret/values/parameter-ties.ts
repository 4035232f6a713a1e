import type { Budget } from '../../budget.ts';
import type { ParameterValue } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import { type IdMap, NO_IDS } from './id-map.ts';
import { layerIdOf, parameterId } from './parameter-id.ts';

/** The layers that have been made, by their ids. */
export type Made = Pick<IdMap<unknown>, 'has'>;

/** Which layers each of two ways that meet has made. */
interface MadeOnWays {
  readonly here: Made;
  readonly there: Made;
}

/** A parameter is another one from some line on. */
export interface Tie {
  readonly from: ParameterValue;
  readonly to: ParameterValue;
  readonly span: Span;
}

/** A parameter that another one is on some of the ways, and the line that makes it so. */
export interface PerhapsSame {
  readonly parameter: ParameterValue;
  readonly span: Span;
}

/** Which parameters are one, on all ways or on some, by `parameterId`. */
export class ParameterTies {
  /** Parameters that are another one. */
  private ties: IdMap<Tie> = NO_IDS;
  /** Parameters that are one on some of the ways here, each with the others. */
  private loose: IdMap<readonly PerhapsSame[]> = NO_IDS;
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  become(other: ParameterTies): void {
    this.ties = other.ties;
    this.loose = other.loose;
  }

  /** Whether nothing has happened to one that has not to the other. */
  isSameAs(other: ParameterTies): boolean {
    return this.ties === other.ties && this.loose === other.loose;
  }

  /** Whether, of some layers, the same parameters are others here and elsewhere. */
  isSameOf(layers: Made, other: ParameterTies): boolean {
    const isAmong = ({ id }: { readonly id: number }) => layers.has(layerIdOf(id));
    return (
      (this.ties === other.ties || !this.ties.changesFrom(other.ties, this.budget).some(isAmong)) &&
      (this.loose === other.loose || !this.loose.changesFrom(other.loose, this.budget).some(isAmong))
    );
  }

  /** From now on a parameter is another one. */
  tie(parameter: ParameterValue, { to, span }: Pick<Tie, 'to' | 'span'>): void {
    this.ties = this.ties.set(parameterId(parameter), { from: parameter, to: this.original(to), span });
  }

  /** From now on what becomes of either parameter may become of the other. */
  share(
    one: ParameterValue,
    { with: other, span }: { readonly with: ParameterValue; readonly span: Span },
  ): void {
    this.addLoose(one, { parameter: other, span });
    this.addLoose(other, { parameter: one, span });
  }

  /** The line that made a parameter another one; null where it is itself. */
  tiedAt(parameter: ParameterValue): Span | null {
    return this.ties.get(parameterId(parameter))?.span ?? null;
  }

  /** The parameter itself, or the one that it is tied to. */
  original(parameter: ParameterValue): ParameterValue {
    return this.ties.get(parameterId(parameter))?.to ?? parameter;
  }

  /** The parameters that a parameter may be, too, as a condition decides, with the lines that make them one. */
  perhapsTied(parameter: ParameterValue): readonly PerhapsSame[] {
    return this.loose.get(parameterId(parameter)) ?? [];
  }

  /**
   * The ties that hold on one of two ways alone. One whose layer the other way has not made holds wherever the layer is
   * there, so that it is taken over.
   */
  heldOnOne(other: ParameterTies, { here, there }: MadeOnWays): readonly Tie[] {
    if (this.ties === other.ties) return [];
    return this.ties.changesFrom(other.ties, this.budget).flatMap(({ id, now, before }) => {
      const tie = now ?? before;
      if (tie === undefined || (now !== undefined && before !== undefined)) return [];
      const made = now === undefined ? here : there;
      if (made.has(layerIdOf(id))) return [tie];
      this.ties = this.ties.set(id, tie);
      return [];
    });
  }

  /** Lets a tie hold on some of the ways here alone. */
  loosen({ from, to, span }: Tie): void {
    this.ties = this.ties.without(parameterId(from));
    this.share(from, { with: to, span });
  }

  /** Takes over which parameters are one on some of the ways elsewhere. */
  joinLoose(other: ParameterTies): void {
    if (this.loose === other.loose) return;
    for (const { id, now = [], before = [] } of this.loose.changesFrom(other.loose, this.budget)) {
      const more = before.filter((one) => !now.some((same) => areSame(same, one)));
      if (more.length > 0) this.loose = this.loose.set(id, [...now, ...more]);
    }
  }

  private addLoose(one: ParameterValue, other: PerhapsSame): void {
    const known = this.perhapsTied(one);
    if (known.some((same) => areSame(same, other))) return;
    this.loose = this.loose.set(parameterId(one), [...known, other]);
  }
}

function areSame(one: PerhapsSame, other: PerhapsSame): boolean {
  return parameterId(one.parameter) === parameterId(other.parameter);
}
