import { type Figure, figureCsv, figureNumbers, svgChart } from '@widthwise/figures';
import type { SaveFigureParams } from '@widthwise/protocol';
import { Component, type JSX } from 'preact';
import { SaveFigure } from './save-figure.tsx';

interface FigureNumbersProps {
  readonly figure: Figure;
  readonly onSave: (figure: SaveFigureParams) => void;
}

/** More rows than these nobody reads; the saved file has all. */
const MOST_ROWS = 30;

/** A figure as a table, and as files; made when it is unfolded. */
export class FigureNumbers extends Component<FigureNumbersProps> {
  #open = false;

  override render({ figure }: FigureNumbersProps): JSX.Element {
    return (
      <details
        class="numbers"
        onToggle={(event) => {
          this.#open = event.currentTarget.open;
          this.forceUpdate();
        }}
      >
        <summary aria-label={`numbers of ${figure.title}, and files`}>numbers, save</summary>
        {this.#open && this.#opened()}
      </details>
    );
  }

  #opened(): JSX.Element {
    const { figure, onSave } = this.props;
    const { heads, rows, references } = figureNumbers(figure, MOST_ROWS);
    return (
      <>
        <SaveFigure
          name={figure.id}
          drawing={() => svgChart(figure)}
          csv={() => figureCsv(figure)}
          onSave={onSave}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached from the keyboard */}
        <section class="wide" tabIndex={0} aria-label={figure.title}>
          <table class="fit">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col" class="number">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ x, cells }) => (
                <tr key={x}>
                  <th scope="row" class="number">
                    {x}
                  </th>
                  {cells.map((text, index) => (
                    <td key={heads[index + 1]} class="number">
                      {text}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {references.map((text) => (
          <p class="note" key={text}>
            {text}
          </p>
        ))}
      </>
    );
  }
}
