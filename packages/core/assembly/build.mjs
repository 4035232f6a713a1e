import { mkdir, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** Compiles the kernels and writes them, as text, into a module that Node, workers and browsers load alike. */

let bytes;
const { error, stderr } = await asc.main(
  [
    'assembly/kernels.ts',
    ...['--outFile', 'kernels.wasm', '--runtime', 'stub', '--initialMemory', '1', '--maximumMemory', '65536'],
    ...['-O3', '--noAssert', '--converge', '--enable', 'simd', '--disableWarning', '112'],
  ],
  {
    writeFile(name, contents) {
      if (name === 'kernels.wasm') bytes = contents;
    },
  },
);
if (error) throw new Error(`the kernels do not compile\n${stderr}`);

await mkdir('dist', { recursive: true });
await writeFile(
  'dist/kernels.js',
  `const base64 =
  '${Buffer.from(bytes).toString('base64')}';

let compiled;

export function instantiateKernels() {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
  return new WebAssembly.Instance(compiled).exports;
}
`,
);
