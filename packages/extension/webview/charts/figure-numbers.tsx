import { type Figure, figureCsv, figureNumbers, svgChart } from '@widthwise/figures';
import type { SaveFigureParams } from '@widthwise/protocol';
import { Component, type JSX } from 'preact';
import { NumberTable } from './number-table.tsx';
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
        <NumberTable
          name={figure.title}
          heads={heads}
          rows={rows.map(({ x, cells }) => [x, ...cells])}
          rowsAre="numbers"
        />
        {references.map((text) => (
          <p class="note" key={text}>
            {text}
          </p>
        ))}
      </>
    );
  }
}
