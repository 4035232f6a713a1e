/** `npm run reproduce -- FILE`: the paper's three figures on images of CIFAR-10, written into docs/reproduction.md. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { cifarDataset, datasetHash } from '@widthwise/core';
import { documentsOf, FOLDER, MEASURED } from './documents.ts';
import { ACTIVATION, ENGINE, measure } from './measure.ts';
import { type MeasuredRun, PAPERS, type Reproduction } from './measured.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string', default: '32' },
    widths: { type: 'string', default: '256,512,1024,2048,4096' },
    seeds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '50' },
    lr: { type: 'string', default: '1' },
  },
});
const [file] = positionals;
if (file === undefined) {
  process.stderr.write(
    'npm run reproduce -- FILE [--images P] [--widths N,N,…] [--seeds S] [--steps T] [--lr η]: FILE is images of CIFAR-10 in the binary layout of its authors, data_batch_1.bin\n',
  );
  process.exit(2);
}
const dataset = cifarDataset(await readFile(file), Number(values.images));
const widths = values.widths.split(',').map(Number);
const [seeds, steps, learningRate] = [Number(values.seeds), Number(values.steps), Number(values.lr)];

const runs: MeasuredRun[] = [];
const total = widths.length * seeds * PAPERS.length;
for (const width of widths) {
  for (let seed = 0; seed < seeds; seed++) {
    for (const parametrization of PAPERS) {
      runs.push(measure(dataset, { parametrization, width, seed, steps, learningRate }));
      const { loss } = runs.at(-1)!;
      process.stdout.write(
        `${runs.length}/${total}  ${parametrization}  width ${width}  seed ${seed}  loss ${loss.map((one) => one.toPrecision(3)).join(' → ')}\n`,
      );
    }
  }
}
const found: Reproduction = {
  images: dataset.samples,
  dataHash: datasetHash(dataset),
  steps,
  learningRate,
  activation: ACTIVATION,
  engine: ENGINE,
  widths,
  seeds,
  runs,
};
await mkdir(FOLDER, { recursive: true });
await writeFile(MEASURED, `${JSON.stringify(found)}\n`);
for (const [path, text] of documentsOf(found)) await writeFile(path, text);
