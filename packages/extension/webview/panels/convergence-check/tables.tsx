import {
  convergenceTable,
  hypothesisRows,
  independenceMap,
  SIGNS,
  type VerdictCell,
} from '@widthwise/figures';
import type { ConvergenceCheck } from '@widthwise/protocol';
import type { JSX } from 'preact';

interface Found {
  readonly found: ConvergenceCheck;
}

/** Every hidden layer: what became of its features, and what width does to them. Cards where the panel is narrow. */
export function LayerTable({ found, depth }: Found & { readonly depth: number }): JSX.Element {
  const heads = ['λ_min(h) by limit', 'λ_min(x) by limit', 'joint λ_min', 'movement', 'λ_min(x), slope'];
  return (
    <table id="layers" class="cards layers">
      <thead>
        <tr>
          <th scope="col">layer</th>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
          <th scope="col">verdict</th>
        </tr>
      </thead>
      <tbody>
        {convergenceTable(found, depth).map(
          ({ layer, preactivation, activation, joint, movement, lambdaMin, verdict }) => (
            <tr key={layer}>
              <th scope="row">{layer}</th>
              {[preactivation, activation, joint, movement, lambdaMin].map((text, index) => (
                <td key={heads[index]} data-head={heads[index]}>
                  {text}
                </td>
              ))}
              <td>
                <Verdict cell={verdict} />
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

/** What the theorem assumes, and whether it is so here. */
export function Hypotheses({ found }: Found): JSX.Element {
  return (
    <dl id="hypotheses">
      {hypothesisRows(found).map(({ name, verdict, reason }) => (
        <div key={name}>
          <dt>
            <Verdict cell={{ mark: verdict.mark, word: name }} />
          </dt>
          <dd>
            {verdict.word}: {reason}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const COLUMNS = 11;

/** λ_min of every layer by its infinite-width value over steps; the least is outlined. */
export function IndependenceMapTable({ found }: Found): JSX.Element {
  const { steps, rows } = independenceMap(found, COLUMNS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached from the keyboard
    <section class="wide" tabIndex={0} aria-label="λ_min by its infinite-width value">
      <table id="map">
        <thead>
          <tr>
            <th scope="col">step</th>
            {steps.map((step) => (
              <th key={step} scope="col" class="number">
                {step}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map(({ text, mark, worst }, index) => (
                <td key={steps[index]} class={`number ${mark}${worst ? ' worst' : ''}`}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Verdict({ cell: { mark, word } }: { readonly cell: VerdictCell }): JSX.Element {
  return (
    <span class="mark">
      {SIGNS[mark]} {word}
    </span>
  );
}
