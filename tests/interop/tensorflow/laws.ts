import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { exactKernels, tfjsEngine } from '@widthwise/core';
import { instantiateKernels } from '@widthwise/core/kernels';
import { describe, expect, test } from 'vitest';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { engineLaws } from '../../../packages/core/test/engine-laws.ts';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { findTfjs } from '../../../packages/server/src/lab/engines/tfjs-binding.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CLI = join(ROOT, 'packages/server/dist/cli.js');

// Where a user's cache would be; what is installed there is not installed again.
process.env['XDG_CACHE_HOME'] = join(ROOT, '.cache');
execFileSync(process.execPath, [CLI, 'engines', 'install', 'tensorflow'], { stdio: 'inherit' });
const found = findTfjs();
if ('reason' in found) throw new Error(found.reason);
const { library } = found;

describe('the tfjs engine on TensorFlow itself', () => {
  engineLaws(tfjsEngine(library, exactKernels(instantiateKernels)));
});

test('trains a comparison in threads', () => {
  const small = ['--data', 'mixture:3,6,10', '--widths', '32,64', '--seeds', '3', '--steps', '3', '--fresh'];
  const args = [CLI, 'compare', '--engine', 'tfjs', ...small, '--json', '-'];
  const { complete } = JSON.parse(
    execFileSync(process.execPath, args, { cwd: join(ROOT, '.cache') }).toString(),
  );
  expect(complete).toBe(true);
});
