import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bash, emptyFolder } from './widthwise-process.ts';

/** Runs the command on a Node that says it is of another version. */
async function onNode(version: string): ReturnType<typeof bash> {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const url = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return bash(await emptyFolder(), `"$NODE" --import "${url}" "$BIN" --version`);
}

test.each(['12.22.12', '18.20.8', '20.19.0', '21.7.3'])(
  'on Node %s it says which one it needs',
  async (version) => {
    expect(await onNode(version)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `widthwise: needs Node 22 or newer, and this is Node ${version}\n`,
    });
  },
);

test('it runs on the Node that its package asks for', async () => {
  const manifest = fileURLToPath(new URL('../../packages/server/package.json', import.meta.url));
  const { engines } = JSON.parse(await readFile(manifest, 'utf8'));
  expect(engines).toEqual({ node: '>=22' });
  expect(await onNode('22.0.0')).toMatchObject({ code: 0, stderr: '' });
});
