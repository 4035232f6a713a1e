import { expect, test } from 'vitest';
import { panelHtml } from './html.ts';

const page = panelHtml({
  script: 'https://example.test/webview.js',
  style: 'https://example.test/webview.css',
  cspSource: 'https://example.test',
  nonce: 'abc123',
  draw: true,
});

test('everything is forbidden but one script by nonce, the style sheet and pictures that the page draws', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
  expect(policy?.split('; ').sort()).toEqual([
    "default-src 'none'",
    'img-src data:',
    "script-src 'nonce-abc123'",
    'style-src https://example.test',
  ]);
  expect(page.match(/<script[^>]*>/g)).toEqual([
    '<script nonce="abc123" src="https://example.test/webview.js">',
  ]);
});

test('nothing stands in the page that the policy would block', () => {
  expect(page).not.toMatch(/ style=| on\w+=|javascript:/);
});

test('a page whose script fails is not empty', () => {
  expect(page).toMatch(
    /<main id="root"><\/main>\n<p class="starting">Widthwise is starting\..*console.*<\/p>/,
  );
});
