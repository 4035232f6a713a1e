import {
  FEATURE_HEADS,
  featureRows,
  HOW_TO_READ_FEATURES,
  type LabelledFeatures,
  type SpectrumMap,
  spectrumCsv,
  spectrumMaps,
  spectrumNumbers,
  svgSpectrum,
} from '@widthwise/figures';
import type { SaveFigureParams } from '@widthwise/protocol';
import type { JSX } from 'preact';
import { NumberTable } from '../charts/number-table.tsx';
import { SaveFigure } from '../charts/save-figure.tsx';

type OnSave = (figure: SaveFigureParams) => void;

/** What Grams show of the features of some parametrizations, once all runs have ended: the maps of the report, and its table. */
export function Spectra({
  features,
  onSave,
}: {
  readonly features: readonly LabelledFeatures[];
  readonly onSave: OnSave;
}): JSX.Element | null {
  const maps = spectrumMaps(features);
  if (maps.length === 0) return null;
  return (
    <section aria-label="spectra">
      <h2>Spectra</h2>
      <div class="charts">
        {maps.map((map) => (
          <Spectrum key={map.id} map={map} onSave={onSave} />
        ))}
      </div>
      <p class="about">{HOW_TO_READ_FEATURES}</p>
      {features.map(({ label, layers }) => (
        <Numbers key={label} name={`${label}: features`} heads={FEATURE_HEADS} rows={featureRows(layers)} />
      ))}
    </section>
  );
}

function Spectrum({ map, onSave }: { readonly map: SpectrumMap; readonly onSave: OnSave }): JSX.Element {
  const { heads, rows } = spectrumNumbers(map);
  return (
    <figure class="spectrum" data-spectrum={map.id}>
      {/* Drawn by us, and what others wrote in it is escaped there. */}
      <div dangerouslySetInnerHTML={{ __html: svgSpectrum(map) }} />
      {map.notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      <details class="numbers">
        <summary aria-label={`numbers of ${map.title}, and files`}>numbers, save</summary>
        <SaveFigure
          name={map.id}
          drawing={() => svgSpectrum(map)}
          csv={() => spectrumCsv(map)}
          onSave={onSave}
        />
        <Numbers name={map.title} heads={heads} rows={rows} />
      </details>
    </figure>
  );
}

type NumbersProps = Pick<Parameters<typeof NumberTable>[0], 'name' | 'heads' | 'rows'>;

function Numbers(props: NumbersProps): JSX.Element | null {
  return props.rows.length === 0 ? null : <NumberTable {...props} rowsAre="words" caption />;
}
