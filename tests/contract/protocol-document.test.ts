import { readdirSync, readFileSync } from 'node:fs';
import * as protocol from '@widthwise/protocol';
import { WEBVIEW_NOTIFICATIONS, WEBVIEW_REQUESTS } from '@widthwise/protocol';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const document = readFileSync(new URL('docs/protocol.md', root), 'utf8');
const folder = new URL('packages/protocol/src/', root);
const source = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'port-connection.ts')
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');

/** What crosses the wire: every exported interface and type by name, without comments. */
function declarations(code: string): Map<string, string> {
  const bare = code.replaceAll(/ *\/\*\*[\s\S]*?\*\/\n/g, '').replaceAll(/ *\/\/.*$/gm, '');
  return new Map(
    bare.split(/^(?=export |import |const )/m).flatMap((statement) => {
      const name = /^export (?:interface|type) (\w+)/.exec(statement)?.[1];
      return name === undefined ? [] : [[name, statement.trim()] as const];
    }),
  );
}

/** Each message as its descriptor declares it: method, kind, and the names of its types. */
function messages(): { name: string; method: string; kind: string; types: string[] }[] {
  const pattern =
    /export const (\w+): (RequestType|NotificationType|NotificationType0)(?:<([^>]*)>)?\s*=\s*new \w+\(\s*'([^']+)'/g;
  return [...source.matchAll(pattern)].map(([, name, kind, types, method]) => ({
    name: name!,
    method: method!,
    kind: kind!.startsWith('Request') ? 'request' : 'notification',
    types: types?.split(/,\s*/) ?? [],
  }));
}

/** The sections of the document that are about a message, by method. */
function sections(): Map<string, string> {
  const parts = document.split(/^### /m).slice(1);
  return new Map(parts.map((part) => [/^`([^`]+)`/.exec(part)?.[1] ?? '', part]));
}

test('every message has its section, and no section is about anything else', () => {
  const described = [...sections().keys()].filter((method) => method.startsWith('widthwise/'));
  expect(described.sort()).toEqual(
    messages()
      .map(({ method }) => method)
      .sort(),
  );
});

test('every descriptor that the package exports is one of them', () => {
  const exported = Object.values<unknown>(protocol).filter(
    (value): value is { method: string } => typeof value === 'object' && value !== null && 'method' in value,
  );
  expect(exported.map(({ method }) => method).sort()).toEqual(
    messages()
      .map(({ method }) => method)
      .sort(),
  );
});

test.each(messages())('$method is described as $name declares it', ({ name, method, kind, types }) => {
  const [facts = ''] = sections().get(method)?.split('\n\n').slice(1) ?? [];
  expect(facts).toContain(`\`${name}\``);
  expect(facts).toContain(kind);
  for (const type of types.filter((each) => each !== 'Failure')) expect(facts).toContain(`\`${type}\``);
});

test('a webview may call what the document says it may', () => {
  const marked = [...sections()]
    .filter(([, text]) => text.includes('open to webviews'))
    .map(([method]) => method);
  expect(marked.sort()).toEqual([...WEBVIEW_REQUESTS, ...WEBVIEW_NOTIFICATIONS].sort());
});

test('the document shows every type of the wire, field by field', () => {
  const shown = new Map(
    [...document.matchAll(/```ts\n([\s\S]*?)```/g)].flatMap(([, code]) => [...declarations(code!)]),
  );
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(declarations(source)));
});

test('the failures that a request may have are those of its descriptor', () => {
  for (const { name, method, kind } of messages()) {
    if (kind !== 'request') continue;
    const comment =
      new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport const ${name}:`).exec(source)?.[1] ?? '';
    const declared = /Fails with ([^.]*)\./.exec(comment.replaceAll(/\n \* ?/g, ' '))?.[1] ?? '';
    const described = /Fails with ([^.]*)\./.exec(sections().get(method)!)?.[1];
    expect([method, described]).toEqual([method, declared]);
  }
});
