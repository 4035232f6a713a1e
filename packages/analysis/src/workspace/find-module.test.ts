import { describe, expect, it } from 'vitest';
import { placeIn } from '../../test/in-memory-workspace.ts';

/** What `name` means in `from`, of a workspace with these files. */
function found(paths: string, from: string, name: string): string | undefined {
  const { path, workspace } = placeIn(Object.fromEntries(paths.split(' ').map((one) => [one, ''])), from);
  const module = workspace.find(name, path);
  return module && `${module.name} ${module.path.replace('/w/', '')}`;
}

describe('findModule', () => {
  it('finds the file beside a script', () => {
    expect(found('train.py model.py', 'train.py', 'model')).toBe('model model.py');
  });

  it('takes no file for what it names itself where there is another, and knows a package by its name', () => {
    expect(found('model/__init__.py utils/model.py', 'utils/model.py', 'model')).toBe(
      'model model/__init__.py',
    );
    expect(found('utils/model.py', 'utils/model.py', 'model')).toBe('utils.model utils/model.py');
    expect(found('p/__init__.py p/a.py', 'p/a.py', 'p.a')).toBe('p.a p/a.py');
  });

  it('takes no module around or beside for one that this module imports by the same name, which is installed', () => {
    const inside = (text: string, from: string) =>
      placeIn(
        { 'p/__init__.py': '', 'p/q/__init__.py': '', 'p/q/tags.py': text, 'p/q/b.py': '', 'p/r/a.py': '' },
        from,
      ).workspace.find('tags', `/w/${from}`)?.path;
    for (const from of ['p/r/a.py', 'p/q/b.py']) {
      expect(inside('x = 1', from)).toBe('/w/p/q/tags.py');
      expect(inside('from .tags import x', from)).toBe('/w/p/q/tags.py');
      expect(inside('import math\nimport tags as t', from)).toBe(undefined);
      expect(inside('from tags.more import x', from)).toBe(undefined);
    }
  });

  it('finds what a package names relative to itself', () => {
    const files = 'p/__init__.py p/a/__init__.py p/a/x.py p/a/y.py p/z.py';
    expect(found(files, 'p/a/x.py', '.y')).toBe('p.a.y p/a/y.py');
    expect(found(files, 'p/a/x.py', '..z')).toBe('p.z p/z.py');
    expect(found(files, 'p/a/x.py', '.')).toBe('p.a p/a/__init__.py');
    expect(found(files, 'p/a/__init__.py', '.x')).toBe('p.a.x p/a/x.py');
    expect(found(files, 'p/a/x.py', '....z')).toBe(undefined);
  });

  it('finds a package below src, and by its name from inside', () => {
    const files = 'src/p/__init__.py src/p/a.py src/p/b.py tests/t.py';
    expect(found(files, 'tests/t.py', 'p.a')).toBe('p.a src/p/a.py');
    expect(found(files, 'src/p/b.py', 'p.a')).toBe('p.a src/p/a.py');
  });

  it('does not take a module beside it in a package for one that is named absolutely', () => {
    expect(found('p/__init__.py p/a.py p/logging.py', 'p/a.py', 'logging')).toBe(undefined);
  });

  it('finds what stands beside a script that is in a package, where nothing else has the name', () => {
    expect(found('p/__init__.py p/a.py p/net.py', 'p/a.py', 'net')).toBe('p.net p/net.py');
    expect(found('p/__init__.py p/a.py p/net.py net.py', 'p/a.py', 'net')).toBe('net net.py');
    expect(found('p/__init__.py p/a.py p/transformers.py', 'p/a.py', 'transformers')).toBe(undefined);
    expect(found('p/__init__.py p/a.py', 'p/a.py', 'a')).toBe(undefined);
  });

  it('finds the one module of a name in the folders around, and takes no one of two', () => {
    expect(found('bin/train.py net/decoder.py', 'bin/train.py', 'decoder')).toBe(
      'net.decoder net/decoder.py',
    );
    expect(found('bin/train.py net/decoder.py old/decoder.py', 'bin/train.py', 'decoder')).toBe(undefined);
    expect(found('bin/train.py data/datasets.py', 'bin/train.py', 'datasets')).toBe(undefined);
  });

  it('finds what lies at the top of a workspace that is a package itself', () => {
    expect(found('__init__.py train.py model/__init__.py model/gpt.py', 'train.py', 'model.gpt')).toBe(
      'model.gpt model/gpt.py',
    );
    expect(found('__init__.py model/__init__.py model/gpt.py model/a.py', 'model/gpt.py', 'model.a')).toBe(
      'model.a model/a.py',
    );
  });

  it('finds packages without __init__.py', () => {
    const files = 'p/models/llama/model.py p/models/llama/args.py';
    expect(found(files, 'p/models/llama/model.py', 'p.models')).toBe('p.models p/models/');
    expect(found(files, 'p/models/llama/model.py', 'p.models.llama.args')).toBe(
      'p.models.llama.args p/models/llama/args.py',
    );
    expect(found(files, 'p/models/llama/model.py', '.args')).toBe(
      'p.models.llama.args p/models/llama/args.py',
    );
  });

  it('prefers a module to a folder of its name', () => {
    expect(found('a/run.py a/data/x.csv data.py', 'a/run.py', 'data')).toBe('data data.py');
  });

  it('looks nowhere outside the workspace', () => {
    expect(found('a.py', 'a.py', '..b')).toBe(undefined);
    expect(found('a.py', 'a.py', 'b')).toBe(undefined);
  });
});
