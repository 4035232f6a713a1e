import { shownText } from '@widthwise/core';
import { EVIL_NAMES, MARKDOWN_READERS, UNSEEN } from '@widthwise/core/testing';
import { ExplainModel, StartExperiment } from '@widthwise/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CodeLensRequest,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  HoverRequest,
  type MarkupContent,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver-protocol/node';
import { type ServerHandle, serverHandle } from '../protocol/server-handle.ts';
import { EVIL_KEYS, evilModel } from './evil-model.ts';

const RULE_PAGE = /^https:\/\/github\.com\/widthwise\/widthwise\/blob\/main\/docs\/rules\/MUP\d+\.md$/;
/** What VS Code makes a link of in a message, and a picture of in a lens. */
const DRAWN = /\]\((?:https?:|command:|file:)|\$\([a-z]/i;

let server: ServerHandle;
let uri: string;
let text: string;
let diagnostics: readonly Diagnostic[];
beforeAll(async () => {
  server = await serverHandle();
  uri = `${server.folderUri}/model.py`;
  text = `# widthwise: width(width)\n${evilModel()}`;
  const published = new Promise<readonly Diagnostic[]>((resolve) => {
    server.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      if (params.diagnostics.length > 1) resolve(params.diagnostics);
    });
  });
  await server.connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'python', version: 1, text },
  });
  diagnostics = await published;
});
afterAll(async () => void (await server.close()));

test('diagnostics and lenses are text', async () => {
  expect(diagnostics.filter(({ code }) => code === 'MUP101')).toHaveLength(EVIL_KEYS.length);
  const lenses = await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
  const titles = (lenses ?? []).map(({ command }) => command?.title ?? '');
  expect(titles.length).toBeGreaterThan(0);
  const lines = diagnostics.map(({ message }) => String(message).split('\n'));
  for (const [, ...more] of lines) for (const line of more) expect(line).toMatch(/^(?:Fix: |Assumes )/);
  for (const said of [...lines.flat(), ...titles]) {
    expect(said).not.toMatch(UNSEEN);
    expect(said).not.toMatch(/\n/);
    expect(said).not.toMatch(DRAWN);
    expect(said.length).toBeLessThan(2100);
  }
});

test.each(EVIL_KEYS.map((key, index) => [index, JSON.stringify(key).slice(0, 40), key] as const))(
  'a hover shows name %i, %s, and does nothing else with it',
  async (index, _, key) => {
    const line = text.split('\n').findIndex((each) => each.includes('nn.init')) + index;
    const textDocument = { uri };
    const hover = await server.connection.sendRequest(HoverRequest.type, {
      textDocument,
      position: { line, character: 12 },
    });
    // SAFETY: there is a hover over every initialization, and its contents are Markdown.
    const markdown = (hover as { readonly contents: MarkupContent }).contents.value;
    expect(markdown.replaceAll('\n', '')).not.toMatch(UNSEEN);
    for (const [reader, read] of Object.entries(MARKDOWN_READERS)) {
      const { codes, addresses, html, kinds } = read(markdown);
      expect(codes[0], reader).toContain(shownText(key.slice(0, 300)));
      expect(addresses.filter((address) => !RULE_PAGE.test(address))).toEqual([]);
      expect(html).toEqual([]);
      expect(kinds.filter((kind) => kind === 'image' || kind.startsWith('heading'))).toEqual([]);
    }
  },
);

test('Explain shows each name in a cell of its own, and does nothing else with it', async () => {
  const { markdown } = await server.connection.sendRequest(ExplainModel, { uri });
  expect(markdown.replaceAll('\n', '').replaceAll('\u2060', '')).not.toMatch(UNSEEN);
  for (const read of Object.values(MARKDOWN_READERS)) {
    const { codes, addresses, html } = read(markdown);
    expect(addresses).toEqual([]);
    expect([...new Set(html)]).toEqual(['<br>']);
    const shown = codes.map((code) => code.replaceAll('\u2060', ''));
    const isMissing = (key: string): boolean =>
      !shown.some((code) => code.includes(shownText(key.slice(0, 300))));
    expect(EVIL_KEYS.filter(isMissing)).toEqual([]);
  }
});

test('what is refused is said in text', async () => {
  const asked = EVIL_NAMES.join(' ');
  const refused = await Promise.allSettled([
    server.connection.sendRequest(ExplainModel, { uri, className: asked }),
    server.connection.sendRequest(StartExperiment, { experiment: 'compare', config: { data: asked } }),
    server.connection.sendRequest(StartExperiment, {
      experiment: 'compare',
      config: { parametrizations: [asked] },
    }),
  ]);
  for (const answer of refused) {
    expect(answer.status).toBe('rejected');
    const { message } = (answer as PromiseRejectedResult).reason as Error;
    expect(message).not.toMatch(UNSEEN);
    expect(message).not.toMatch(DRAWN);
    expect(message.length).toBeLessThan(2100);
  }
});
