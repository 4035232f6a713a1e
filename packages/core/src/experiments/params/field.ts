/** What every parameter of an experiment declares, whatever its kind. */
interface Declaration {
  /** Its option of the command line, without the dashes. */
  readonly flag: string;
  /** What stands for its value in help, `N,N,…`. */
  readonly value: string;
  /** One clause of Markdown, for `--help`, the command-line page and the editor's settings. */
  readonly says: string;
  /** What holds when it is not given, in words; without it, the default as it would be typed. */
  readonly otherwise?: string;
  /** Whether it is a setting of the editor, too. */
  readonly setting?: true;
  /** What it names and somebody else has to read before the experiment can start. */
  readonly names?: 'data' | 'parametrization' | 'engine' | 'model';
}

/** A whole number in [low, high]. */
export interface WholeField extends Declaration {
  readonly kind: 'whole';
  readonly low: number;
  readonly high: number;
}

/** A finite number above 0. */
export interface PositiveField extends Declaration {
  readonly kind: 'positive';
}

/** One of a few names. */
export interface ChoiceField<Name extends string = string> extends Declaration {
  readonly kind: 'choice';
  readonly of: readonly Name[];
}

/** Any text. */
export interface TextField extends Declaration {
  readonly kind: 'text';
}

/** Whole numbers in [low, high], each once; they are taken in ascending order. */
export interface WholesField extends Declaration {
  readonly kind: 'wholes';
  readonly low: number;
  readonly high: number;
  readonly fewest: number;
  /** Why fewer are no use: `a slope needs at least two widths`. */
  readonly fewestSays: string;
}

/** Texts in the order given. */
export interface TextsField extends Declaration {
  readonly kind: 'texts';
}

/** A field of any kind, its default apart. */
export type AnyField = (WholeField | PositiveField | ChoiceField | TextField | WholesField | TextsField) & {
  readonly default: FieldValue | null;
};

/** What a parameter may hold: finite JSON. */
export type FieldValue = number | string | readonly number[] | readonly string[];

/** The kinds of field that can hold a value of a type. */
type FieldOf<Value> = [Value] extends [readonly number[]]
  ? WholesField
  : [Value] extends [readonly string[]]
    ? TextsField
    : [Value] extends [number]
      ? WholeField | PositiveField
      : [Value] extends [string]
        ? string extends Value
          ? TextField
          : ChoiceField<Value>
        : never;

/**
 * Every parameter of an experiment, declared once. From it follow the option and its `--help`, how it is read and checked,
 * the command line that repeats a run, the setting of the editor and the row of docs/cli.md.
 *
 * A default of null is left to the experiment, which decides once it knows the rest.
 */
export type Fields<Params> = {
  readonly [Name in keyof Params]: FieldOf<NonNullable<Params[Name]>> & { readonly default: Params[Name] };
};

/** Fields of whatever experiment. */
export type AnyFields = Readonly<Record<string, AnyField>>;

/** What was asked for: parameters given, and no default. */
export type Asked<Params> = { readonly [Name in keyof Params]?: NonNullable<Params[Name]> };
