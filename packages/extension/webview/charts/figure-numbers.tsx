import { type Figure, figureCsv, figureNumbers, svgFile } from '@widthwise/figures';
import type { SaveFigureParams } from '@widthwise/protocol';
import { Component, type JSX } from 'preact';
import type { Theme } from './theme.ts';

interface FigureNumbersProps {
  readonly figure: Figure;
  readonly theme: Theme;
  /** What the figure is drawn on; null before it is. */
  readonly canvas: () => HTMLCanvasElement | null;
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
        <summary aria-label={`numbers of ${figure.title}`}>numbers</summary>
        {this.#open && this.#opened()}
      </details>
    );
  }

  #opened(): JSX.Element {
    const { figure, theme, canvas, onSave } = this.props;
    const { heads, rows, references } = figureNumbers(figure, MOST_ROWS);
    const save = (kind: SaveFigureParams['kind'], content: string): void =>
      onSave({ name: figure.id, kind, content });
    return (
      <>
        <div class="actions">
          <button type="button" onClick={() => save('svg', svgFile(figure))}>
            Save SVG
          </button>
          <button type="button" onClick={() => save('csv', figureCsv(figure))}>
            Save CSV
          </button>
          <button type="button" onClick={() => save('png', pictureOf(canvas(), theme))}>
            Save PNG
          </button>
        </div>
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

/** What stands on the canvas, on the background of the page, in base64. */
function pictureOf(canvas: HTMLCanvasElement | null, { background }: Theme): string {
  if (canvas === null) return '';
  const whole = document.createElement('canvas');
  whole.width = canvas.width;
  whole.height = canvas.height;
  const ctx = whole.getContext('2d')!;
  ctx.fillStyle = background;
  ctx.fillRect(0, 0, whole.width, whole.height);
  ctx.drawImage(canvas, 0, 0);
  return whole.toDataURL('image/png').replace(/^data:[^,]*,/, '');
}
