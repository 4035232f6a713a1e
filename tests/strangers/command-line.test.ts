import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { shownText } from '@widthwise/core';
import { EVIL_NAMES, MARKDOWN_READERS, UNSEEN } from '@widthwise/core/testing';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { expect, test } from 'vitest';
import { emptyFolder, widthwise } from '../cli/widthwise-process.ts';
import { EVIL_KEYS, evilModel } from './evil-model.ts';

/** All in one text, without the byte that no argument can hold. */
const ALL = EVIL_NAMES.join(' ');

/** What may stand in a terminal: no byte below a space but ends of lines, and no color where there is none. */
function requirePlain(text: string): void {
  expect(UNSEEN.exec(text)?.[0]).toBeUndefined();
  expect(stripVTControlCharacters(text)).toBe(text);
}

test('lint and explain show the names of a model and of its file, and send nothing of them', async () => {
  const cwd = await emptyFolder();
  const file = `![pix](evil)<b>\u001b[31m\u202e.py`;
  await writeFile(join(cwd, file), evilModel());
  const [text, json, explained] = await Promise.all([
    widthwise(cwd, ['lint', '--profile', 'mup', '.']),
    widthwise(cwd, ['lint', '--profile', 'mup', '--format', 'json', '.']),
    widthwise(cwd, ['explain', file]),
  ]);
  expect([text.code, json.code, explained.code]).toEqual([1, 1, 0]);
  for (const { stdout, stderr } of [text, explained]) {
    requirePlain(stdout + stderr);
    expect(EVIL_KEYS.filter((key) => !stdout.includes(shownText(key.slice(0, 60))))).toEqual([]);
  }
  expect(text.stdout).toContain(String.raw`![pix](evil)<b>\x1b[31m\u202e.py:`);
  const { files, findings } = JSON.parse(json.stdout);
  expect(files).toEqual([file]);
  const starts = findings.filter(({ code }: { code: string }) => code === 'MUP101');
  const weights = starts.flatMap((finding: { weights: string[] }) => finding.weights);
  expect(weights).toEqual(EVIL_KEYS.map((key) => `parts.${key}.weight`));
});

test('an error says a line of what it was given, and nothing of it is sent', async () => {
  const cwd = await emptyFolder();
  const asked = [
    ['lint', ALL],
    ['explain', `${ALL}.py`],
    ['lint', '.', '--profile', ALL],
    [ALL],
    ['compare', '--data', ALL],
    ['compare', '--data', `csv:${ALL}`],
    ['compare', '--parametrizations', ALL],
    ['compare', '--engine', 'constructor'],
    ['classify', '--init', `0,${ALL}`, '--lr', '0,0'],
  ];
  const ended = await Promise.all(asked.map((args) => widthwise(cwd, args)));
  for (const { code, stderr } of ended) {
    expect(code).toBe(2);
    requirePlain(stderr);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr.length).toBeLessThan(2500);
  }
});

test('compare shows the names of parametrizations, of a column and of a file in terminal, Markdown and page', async () => {
  const cwd = await emptyFolder();
  const file = "![pix](evil) <img src=x> `'\u001b[2J.csv";
  const header = ['a', 'b', '"![pix](https://evil.example/c.png) <b>\u001b[31m | `x`"'].join(',');
  await writeFile(join(cwd, file), `${header}\n${'1,2,0\n2,1,1\n3,5,0\n4,2,1\n'.repeat(4)}`);
  const ids = await Promise.all(EVIL_NAMES.map((name, index) => abcFile(cwd, name, index)));
  const args = ['--widths', '16,32', '--seeds', '1', '--steps', '1', '--depth', '1', '--out', 'out'];
  const all = ['compare', '--data', `csv:${file}`, '--parametrizations', ids.join(','), ...args];
  const { code, stdout, stderr } = await widthwise(cwd, all);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const labels = EVIL_NAMES.map((name) => shownText(name, 60));
  requirePlain(stdout);
  expect(labels.filter((label) => !stdout.includes(label))).toEqual([]);

  const read = async (ending: string): Promise<string> => {
    const name = (await readdir(join(cwd, 'out'))).find((file) => file.endsWith(`.${ending}`));
    return readFile(join(cwd, 'out', name ?? ''), 'utf8');
  };
  const document = JSON.parse(await read('json'));
  expect(document.request.parametrizations.map(({ name }: { name: string }) => name)).toEqual(EVIL_NAMES);
  expect(Object.keys(document.slopes)).toHaveLength(EVIL_NAMES.length);

  const markdown = await read('md');
  requirePlain(markdown);
  for (const reader of Object.values(MARKDOWN_READERS)) {
    const { addresses, html, kinds } = reader(markdown);
    expect([addresses, html]).toEqual([[], []]);
    expect(kinds.filter((kind) => kind === 'heading_open' || kind === 'heading')).toHaveLength(3);
  }

  const page = await read('html');
  requirePlain(page);
  const elements = elementsOf(parse(page));
  const names = new Set(elements.map(({ nodeName }) => nodeName));
  expect([...names].filter((name) => ['img', 'a', 'iframe', 'b', 'link', 'object'].includes(name))).toEqual(
    [],
  );
  expect(elements.filter(({ nodeName }) => nodeName === 'script')).toHaveLength(1);
  const attributes = elements.flatMap(({ attrs }) => attrs.map(({ name }) => name));
  expect(attributes.filter((name) => /^(?:on|src$|href$|srcset$|action$)/.test(name))).toEqual([]);
  const heads = elements.filter(
    ({ nodeName, attrs }) => nodeName === 'th' && attrs.some(({ value }) => value === 'row'),
  );
  const texts = heads.map((element) => textOf(element));
  expect(labels.filter((label) => !texts.includes(label))).toEqual([]);
});

/** Exponents under a name, each its own so that none is μP in another dress. */
async function abcFile(cwd: string, name: string, index: number): Promise<string> {
  const role = { a: 0, b: 0, c: index / 100 };
  await mkdir(join(cwd, 'abc'), { recursive: true });
  await writeFile(
    join(cwd, 'abc', `${index}.json`),
    JSON.stringify({ name, input: role, hidden: role, output: role }),
  );
  return `abc:abc/${index}.json`;
}

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

function elementsOf(node: Node): readonly Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsOf) : [];
  return 'tagName' in node ? [node, ...children] : children;
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
