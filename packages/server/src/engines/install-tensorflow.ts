import { existsSync } from 'node:fs';
import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { makeFolder } from '../files/make-folder.ts';
import { InputError } from '../input/input-error.ts';
import { type InstallStep, isNoted } from './installation.ts';
import { npmPackages } from './npm-packages.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

/** What is installed, and with what. */
export interface TensorflowRequest {
  readonly folder: string;
  /** The Python whose TensorFlow is taken, or whose pip fetches one. */
  readonly python: string;
  /** Whether it is to compute on CUDA. */
  readonly gpu: boolean;
  readonly signal: AbortSignal;
}

/** Of October 2024, and still the newest. */
const BINDING_VERSION = '4.22.0';

/** Under their own names, those that a package of Python has. */
const LIBRARIES = [
  ['libtensorflow.so', 'libtensorflow_cc.so.2'],
  ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
] as const;

/**
 * The steps that build TensorFlow.js's unmodified binding against the TensorFlow of a Python, which exports the same C
 * interface as the library that the binding's own installer would fetch, of 2022 and for CUDA 11.2.
 *
 * @throws InputError where this system or its tools do not allow it
 */
export async function tensorflowSteps(request: TensorflowRequest): Promise<readonly InstallStep[]> {
  const { folder, python, gpu, signal } = request;
  if (process.platform !== 'linux')
    throw new InputError(
      null,
      `tensorflow is built on Linux only, as its libraries on ${process.platform} were never tried; ${otherWay()}`,
    );
  const options = { cwd: dirname(folder), signal };
  makeFolder(folder);
  for (const tool of ['make', 'g++', python]) await requireTool(tool, options);
  const name = gpu ? 'tfjs-node-gpu' : 'tfjs-node';
  const own = await tensorflowOf(python, options);
  const library = own ?? join(fetchedLibrary(request), 'tensorflow');
  const place = join(folder, 'node_modules', '@tensorflow', name);
  const packages = [`@tensorflow/${name}@${BINDING_VERSION}`, 'node-gyp@11'];
  return [
    npmPackages(folder, packages, { size: 'about 300 MB on disk', signal }),
    ...(own === null ? [wheel(request)] : []),
    links(place, library),
    binding({ folder, place, library, signal }),
  ];
}

function otherWay(): string {
  return 'a folder with a tfjs-node that loads may be named by WIDTHWISE_TENSORFLOW';
}

async function requireTool(tool: string, options: ProgramOptions): Promise<void> {
  try {
    await runProgram(tool, ['--version'], options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      null,
      `tensorflow is built here, which takes make, g++ and Python: ${error.problem}`,
    );
  }
}

/** Where a Python has its TensorFlow; null where it has none. */
async function tensorflowOf(python: string, options: ProgramOptions): Promise<string | null> {
  const code =
    'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s else "")';
  const folder = await runProgram(python, ['-c', code], options);
  return folder !== '' && LIBRARIES.every(([, file]) => existsSync(join(folder, file))) ? folder : null;
}

/** Where TensorFlow goes that is fetched. */
function fetchedLibrary({ folder, gpu }: Pick<TensorflowRequest, 'folder' | 'gpu'>): string {
  return join(folder, gpu ? 'library-gpu' : 'library');
}

/** TensorFlow from PyPI; for GPUs with the CUDA libraries that it finds beside itself. */
function wheel({ folder, python, gpu, signal }: TensorflowRequest): InstallStep {
  const done = fetchedLibrary({ folder, gpu });
  const part = `${done}.part`;
  return {
    what: gpu
      ? 'tensorflow and CUDA 12 from PyPI, some gigabytes'
      : 'tensorflow-cpu from PyPI, about 270 MB, 1.2 GB on disk',
    isDone: () => existsSync(done),
    async run() {
      await rm(part, { recursive: true, force: true });
      const wanted = gpu ? ['tensorflow[and-cuda]'] : ['--no-deps', 'tensorflow-cpu'];
      const args = [
        '-m',
        'pip',
        'install',
        '--no-compile',
        '--only-binary',
        ':all:',
        '--target',
        part,
        ...wanted,
      ];
      await runProgram(python, args, { cwd: folder, signal });
      await rename(part, done);
    },
  };
}

/** Links where the binding looks for headers and libraries: copies would take another gigabyte. */
function links(place: string, library: string): InstallStep {
  const deps = join(place, 'deps');
  return {
    what: `links to ${library}`,
    isDone: () => false,
    async run() {
      await rm(deps, { recursive: true, force: true });
      makeFolder(join(deps, 'lib'));
      await symlink(join(library, 'include'), join(deps, 'include'));
      for (const [name, file] of LIBRARIES) await symlink(join(library, file), join(deps, 'lib', name));
    },
  };
}

function binding({
  folder,
  place,
  library,
  signal,
}: {
  readonly folder: string;
  readonly place: string;
  readonly library: string;
  readonly signal: AbortSignal;
}): InstallStep {
  const target = join(place, 'lib', 'napi-v8');
  const against = join(target, 'built-against.txt');
  return {
    what: 'the binding, by g++',
    isDone: () => existsSync(join(target, 'tfjs_binding.node')) && isNoted(against, library),
    async run() {
      const headers = headerPrefix();
      const args = [
        join(folder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
        'rebuild',
        ...(headers === null ? [] : [`--nodedir=${headers}`]),
        `--module=${join(target, 'tfjs_binding.node')}`,
        '--module_name=tfjs_binding',
        `--module_path=${target}`,
        '--napi_version=9',
        '--napi_build_version=8',
        '--node_napi_label=napi-v8',
      ];
      // Where a library was opened is where it looks for those of CUDA, so it is opened in its own folder.
      const env = { LDFLAGS: `-Wl,-rpath,${library}` };
      await runProgram(process.execPath, args, { cwd: place, signal, env });
      await writeFile(against, library);
    },
  };
}

/** What has Node's headers, whose interface to bindings is that of every version; null where they are to be fetched. */
function headerPrefix(): string | null {
  const places = [dirname(dirname(process.execPath)), '/usr', '/usr/local'];
  return places.find((place) => existsSync(join(place, 'include', 'node', 'node_api.h'))) ?? null;
}
