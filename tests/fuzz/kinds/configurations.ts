import fc from 'fast-check';
import type { Kind, NamedInput } from '../harness/kind.ts';
import type { Project } from '../judges/project.ts';

const NOTHING: Project = { files: {}, links: {}, pipes: [] };

const named = (name: string, project: Partial<Project>): NamedInput => ({
  name,
  make: () => ({ ...NOTHING, ...project }),
});
const withJson = (name: string, text: string): NamedInput =>
  named(name, { files: { 'bad/widthwise.json': text } });
const withToml = (name: string, text: string): NamedInput =>
  named(name, { files: { 'bad/pyproject.toml': text } });
const withGlob = (glob: string): NamedInput =>
  named(`the glob ${glob}`, {
    files: {
      'bad/widthwise.json': JSON.stringify({ exclude: [glob] }),
      [`bad/m${'a'.repeat(60)}.py`]: 'import torch\n',
      [`bad/${'a/'.repeat(30)}b.py`]: 'import torch\n',
    },
  });
const linked = (name: string, to: string): NamedInput =>
  named(`${name} leads to ${to}`, { links: { [`bad/${name}`]: to } });

const CONFIGURATIONS = ['widthwise.json', 'pyproject.toml', '.gitignore'];

/** What a cloned repository has brought to hurt. */
const HOSTILE: readonly NamedInput[] = [
  ...CONFIGURATIONS.flatMap((name) => [
    linked(name, '/dev/zero'),
    linked(name, '/dev/stdin'),
    linked(name, name),
    linked(name, '..'),
    named(`${name} is a pipe`, { pipes: [`bad/${name}`] }),
    named(`${name} is a folder`, { files: { [`bad/${name}/x`]: '' } }),
    named(`${name} of 3 MB`, { files: { [`bad/${name}`]: 'a'.repeat(3_000_000) } }),
    named(`${name} of NULs`, { files: { [`bad/${name}`]: '\0'.repeat(5000) } }),
  ]),
  linked('b.py', '/dev/zero'),
  linked('b.py', '/etc'),
  linked('loop', '..'),
  named('a model is a pipe', { pipes: ['bad/b.py'] }),
  ...[
    '*a*a*a*a*a*a*a*a*a*a*a*a*z',
    `${'[a-z]*'.repeat(8)}z`,
    '+(*)z',
    `${'**/'.repeat(30)}z`,
    '!(!(!(!(a)))*)',
  ].map(withGlob),
  ...[
    `{${'a,'.repeat(5000)}b}`,
    '{a,b}'.repeat(12),
    '{1..1000000000}',
    '@(a|a|a|a|aa)+(a|aa)*z',
    '('.repeat(500),
    '*'.repeat(500),
  ].map(withGlob),
  withJson('JSON nested 200,000 deep', `{"profile":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
  withJson('JSON objects nested deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  withJson('a value of 900 kB', JSON.stringify({ profile: 'x'.repeat(900_000) })),
  withJson('a key of 900 kB', JSON.stringify({ ['x'.repeat(900_000)]: 1 })),
  withJson(
    '100,000 unknown keys',
    JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]))),
  ),
  withJson('50,000 widths', JSON.stringify({ widths: Array.from({ length: 50_000 }, (_, i) => `w${i}`) })),
  withJson(
    '50,000 globs',
    JSON.stringify({ exclude: Array.from({ length: 50_000 }, (_, i) => `*${i}*.py`) }),
  ),
  withJson(
    '__proto__',
    '{"__proto__": {"profile": "mup"}, "constructor": 1, "rules": {"__proto__": "off", "toString": "off"}}',
  ),
  withJson('terminal sequences', '{"\\u001b]0;x\\u0007": 1, "profile": "\\u001b[2J"}'),
  withJson('half of JSON', '{"profile": "mup'),
  withJson('nothing', ''),
  withJson('null', 'null'),
  withToml('invalid TOML', 'x = '),
  withToml('an unknown key', '[tool.widthwise]\nprofil = "mup"\n'),
  withToml('TOML nested deep', `x = ${'['.repeat(100_000)}`),
  withToml('TOML tables nested deep', `[${'a.'.repeat(50_000)}b]\nx = 1\n`),
  withToml('TOML inline tables nested deep', `x = ${'{a = '.repeat(50_000)}1${'}'.repeat(50_000)}`),
  withToml(
    'dates and numbers at their ends',
    'a = 9999-99-99\nb = 1e999\nc = 9223372036854775808\n[tool.widthwise]\nwidths = 1e999\n',
  ),
  withToml('terminal sequences', '[tool.widthwise]\n"\\u001b[2J" = 1\n'),
  named('a hostile .gitignore', {
    files: {
      'bad/.gitignore': `${'*a'.repeat(40)}z\n${'**/'.repeat(40)}z\n${'[!a]'.repeat(40)}\n${'!'.repeat(400)}\n`,
    },
  }),
  named('a .gitignore of 100,000 patterns', {
    files: { 'bad/.gitignore': Array.from({ length: 100_000 }, (_, i) => `*${i}*/**/x${i}`).join('\n') },
  }),
  named('a .git that leads elsewhere', { files: { 'bad/.git': 'gitdir: /dev/zero\n' } }),
  named('a .git that leads in a ring', { files: { 'bad/.git': 'gitdir: .git\n' } }),
  named('a folder 100 deep', { files: { [`bad/${'d/'.repeat(100)}m.py`]: 'import torch\n' } }),
  named('evil names of files', {
    files: {
      'bad/\u001b[2J.py': 'import torch\nx = (',
      'bad/![x](https:).py': 'import torch',
      'bad/\u202eyp.py': 'import torch',
    },
  }),
];

const NAME = fc.oneof(
  fc.constantFrom(
    'profile',
    'widths',
    'finite',
    'multipliers',
    'rules',
    'per-file-ignores',
    'exclude',
    'head-scaling',
    'launch',
    'most-seeds',
    '$schema',
  ),
  fc.string({ maxLength: 8 }),
);
const GLOB = fc
  .array(
    fc.constantFrom(
      ...'* ** / ? [a-z] [!a] {a,b} {1..99} +(a|b) !(x) @(a) ! \\ a z . .. ( ) [ ] { }'.split(' '),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));
const VALUE = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('mup', 'auto', 'off'),
  fc.array(GLOB, { maxLength: 5 }),
  GLOB,
);
const JSON_TEXT = fc.oneof(
  fc.dictionary(NAME, VALUE, { maxKeys: 5 }).map((value) => JSON.stringify(value)),
  fc
    .tuple(fc.dictionary(NAME, VALUE, { maxKeys: 4 }), fc.nat(200))
    .map(([value, at]) => JSON.stringify(value).slice(0, at)),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const TOML_TEXT = fc
  .tuple(
    fc.constantFrom('[tool.widthwise]', '[[tool.widthwise]]', '[tool]', ''),
    fc.array(fc.tuple(NAME, VALUE), { maxLength: 4 }),
  )
  .map(([table, pairs]) =>
    [table, ...pairs.map(([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}`)].join('\n'),
  );

const PROJECT: fc.Arbitrary<Project> = fc
  .record({
    json: fc.option(JSON_TEXT),
    toml: fc.option(fc.oneof(TOML_TEXT, fc.string({ maxLength: 80 }))),
    ignored: fc.option(fc.array(GLOB, { maxLength: 8 }).map((globs) => globs.join('\n'))),
    names: fc.array(
      fc.string({ minLength: 1, maxLength: 30 }).map((name) => name.replaceAll(/[/\0]/g, '_')),
      { maxLength: 3 },
    ),
  })
  .map(({ json, toml, ignored, names }) => ({
    ...NOTHING,
    files: {
      ...(json === null ? {} : { 'bad/widthwise.json': json }),
      ...(toml === null ? {} : { 'bad/pyproject.toml': toml }),
      ...(ignored === null ? {} : { 'bad/.gitignore': ignored }),
      ...Object.fromEntries(names.map((name) => [`bad/${name}.py`, 'import torch\nx = 1\n'])),
    },
  }));

/** A workspace whose configuration somebody else wrote. */
export const configurations: Kind = {
  name: 'configurations',
  summary:
    'widthwise.json, pyproject.toml, globs, .gitignore and links of a stranger beside a model that is right',
  judge: 'project',
  counts: { short: 12, usual: 300, long: 1000 },
  together: 1,
  timeoutMs: 90_000,
  inputs: () => ({ named: HOSTILE, drawn: PROJECT }),
};
