import { mkdir, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** Compiles the kernels and writes them, as text, into a module that Node, workers and browsers load alike. */

/** What each variant takes of WebAssembly. */
const FEATURES = { plain: ['simd'], fused: ['simd', 'relaxed-simd'] };

async function compiled(features) {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      'assembly/kernels.ts',
      ...[
        '--outFile',
        'kernels.wasm',
        '--runtime',
        'stub',
        '--initialMemory',
        '1',
        '--maximumMemory',
        '65536',
      ],
      ...['-O3', '--noAssert', '--converge', '--disableWarning', '112'],
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      writeFile(name, contents) {
        if (name === 'kernels.wasm') bytes = contents;
      },
    },
  );
  if (error) throw new Error(`the kernels do not compile\n${stderr}`);
  return Buffer.from(bytes).toString('base64');
}

const [plain, fused] = [await compiled(FEATURES.plain), await compiled(FEATURES.fused)];

await mkdir('dist', { recursive: true });
await writeFile(
  'dist/kernels.js',
  `const variants = {
  plain: '${plain}',
  fused: '${fused}',
};

const modules = {};
let fuses;

function bytesOf(variant) {
  return Uint8Array.from(atob(variants[variant]), (byte) => byte.charCodeAt(0));
}

export function fusesHere() {
  if (fuses === undefined) {
    const bytes = bytesOf('fused');
    fuses = WebAssembly.validate(bytes) && instantiateKernels('fused').squareError(1 + 2 ** -12) !== 0;
  }
  return fuses;
}

export function instantiateKernels(variant = fusesHere() ? 'fused' : 'plain') {
  modules[variant] ??= new WebAssembly.Module(bytesOf(variant));
  return new WebAssembly.Instance(modules[variant], { math: Math }).exports;
}
`,
);
