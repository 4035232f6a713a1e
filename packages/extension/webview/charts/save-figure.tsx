import { svgFile } from '@widthwise/figures';
import type { SaveFigureParams } from '@widthwise/protocol';
import type { JSX } from 'preact';

interface SaveFigureProps {
  /** Of the files, without its ending. */
  readonly name: string;
  readonly drawing: () => string;
  readonly csv: () => string;
  readonly onSave: (figure: SaveFigureParams) => void;
}

/** Of a saved picture, pixels by what the figure takes on paper: 300 to the inch. */
const PICTURE_SCALE = 300 / 96;

/** What saves a figure: its vectors, its numbers, its picture. */
export function SaveFigure({ name, drawing, csv, onSave }: SaveFigureProps): JSX.Element {
  const save = (kind: SaveFigureParams['kind'], content: string): void => onSave({ name, kind, content });
  return (
    <div class="actions">
      <button type="button" onClick={() => save('svg', svgFile(drawing()))}>
        Save SVG
      </button>
      <button type="button" onClick={() => save('csv', csv())}>
        Save CSV
      </button>
      <button type="button" onClick={() => void pictureOf(drawing()).then((png) => save('png', png))}>
        Save PNG
      </button>
    </div>
  );
}

/** The same picture as the file of vectors, in base64. */
async function pictureOf(drawing: string): Promise<string> {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/
    .exec(drawing)!
    .map((size) => Math.round(PICTURE_SCALE * Number(size)));
  const canvas = document.createElement('canvas');
  canvas.width = width!;
  canvas.height = height!;
  const image = new Image();
  const sized = svgFile(drawing).replace('<svg ', `<svg width="${width}" height="${height}" `);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sized)}`;
  await image.decode();
  canvas.getContext('2d')!.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png').replace(/^data:[^,]*,/, '');
}
