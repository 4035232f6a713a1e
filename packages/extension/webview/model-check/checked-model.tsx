import { SIGNS } from '@widthwise/figures';
import type { CodePlace, ModelCheck, ModelCheckRow, ModelCheckSuspect } from '@widthwise/protocol';
import type { JSX } from 'preact';
import { Sentence } from '../sentence.tsx';
import { TableHead } from '../table-head.tsx';

interface CheckedModelProps {
  readonly check: ModelCheck;
  /** The line of the code that somebody is on. */
  readonly cursor: CodePlace | null;
  readonly onGo: (to: CodePlace) => void;
}

/** Of what stands behind the verdict. */
const HEADS = [
  'begins at',
  'code',
  'init',
  'rate',
  'size at start (theory)',
  'step',
  'size',
  'update (theory)',
  '‖ΔW‖₂',
] as const;

const STATES = { pass: 'yes', warn: 'open', undecided: 'open', fail: 'no' } as const;

/** A model that was checked: its verdict, and a row a place with its code, its numbers, and what would mend it. */
export function CheckedModel({ check, cursor, onGo }: CheckedModelProps): JSX.Element {
  return (
    <>
      <h1>{check.model}</h1>
      <p id="status" class="answer">
        {SIGNS[STATES[check.verdict]]} <Sentence text={check.sentence} />
      </p>
      {check.suspects.length === 0 ? null : (
        <ul id="suspects">
          {check.suspects.map((suspect) => (
            <Suspect key={suspect.sentence} {...{ suspect, onGo }} />
          ))}
        </ul>
      )}
      <div class="wide">
        <table id="places" class="cards layers">
          <TableHead heads={['layer', 'verdict', ...HEADS]} />
          <tbody>
            {check.table.map((row) => (
              <Row key={`${row.layer} ${row.kind}`} {...{ row, onGo }} isHere={isAt(row, cursor)} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">{check.reading}</p>
      {check.notes.map((note) => (
        <p key={note} class="note">
          <Sentence text={note} />
        </p>
      ))}
    </>
  );
}

interface SuspectProps {
  readonly suspect: ModelCheckSuspect;
  readonly onGo: (to: CodePlace) => void;
}

/** Where a failure begins, and what mends it. */
function Suspect({ suspect: { sentence, line, mending }, onGo }: SuspectProps): JSX.Element {
  return (
    <li>
      {line === null ? null : <Place at={line} onGo={onGo} />} <Sentence text={sentence} />
      {mending === '' ? null : <Sentence text={` To mend it: ${mending}.`} />}
    </li>
  );
}

interface RowProps {
  readonly row: ModelCheckRow;
  readonly isHere: boolean;
  readonly onGo: (to: CodePlace) => void;
}

function Row({ row, isHere, onGo }: RowProps): JSX.Element {
  const { layer, code, init, rate, start, step, size, update, weight, verdict, blamed } = row;
  const [begins, made] = [blamed, code].map((at) => at && <Place at={at} onGo={onGo} />);
  const cells = [begins, made, init ?? '–', rate ?? '–', start, step, size, update, weight];
  return (
    <tr class={isHere ? 'here' : undefined} aria-current={isHere ? 'location' : undefined}>
      <th scope="row">{layer}</th>
      <td>
        <span class="mark">
          {SIGNS[verdict.mark]} {verdict.word}
        </span>
      </td>
      {cells.map((cell, index) => (
        <td key={HEADS[index]} data-head={HEADS[index]}>
          {cell}
        </td>
      ))}
    </tr>
  );
}

function Place({ at, onGo }: { readonly at: CodePlace; readonly onGo: RowProps['onGo'] }): JSX.Element {
  const name = at.file.split(/[\\/]/).at(-1);
  return (
    <button type="button" class="place" title={`${at.file}:${at.line}`} onClick={() => onGo(at)}>
      {name}:{at.line}
    </button>
  );
}

function isAt({ code, blamed }: ModelCheckRow, cursor: CodePlace | null): boolean {
  const is = (place: CodePlace | null): boolean =>
    cursor !== null && place?.file === cursor.file && place.line === cursor.line;
  return is(code) || is(blamed);
}
