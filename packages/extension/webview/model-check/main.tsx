import type { CodePlace, ModelCheck, ModelCheckAsk, ModelCheckPageMessage } from '@widthwise/protocol';
import { render } from 'preact';
import { CheckedModel } from './checked-model.tsx';

declare function acquireVsCodeApi(): { postMessage(message: ModelCheckAsk): void };

const root = document.getElementById('root')!;
const host = acquireVsCodeApi();
let check: ModelCheck | null = null;
let cursor: CodePlace | null = null;

function redraw(): void {
  if (check === null) return;
  render(<CheckedModel {...{ check, cursor }} onGo={(to) => host.postMessage({ kind: 'go', to })} />, root);
}

window.addEventListener('message', ({ data }: MessageEvent<ModelCheckPageMessage>) => {
  if (data.kind === 'check') check = data.check;
  else cursor = data.at;
  redraw();
});
host.postMessage({ kind: 'ready' });
