import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { useWorkbench } from './use-workbench.ts';
import type { Product } from './workbench.ts';

const PICTURE = '![pix](https://evil.example/p.png)';
const HTML = '<img src=https://evil.example/x.png>';

/** Layers whose names would be pictures, if anything but text were made of them. */
const MODEL = `# widthwise: width(width)
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.parts = nn.ModuleDict({
            "first": nn.Linear(64, width, bias=False),
            "${PICTURE}": nn.Linear(width, width, bias=False),
            "a\`${HTML}\`": nn.Linear(width, width, bias=False),
            "last": nn.Linear(width, 10, bias=False),
        })
        nn.init.normal_(self.parts["${PICTURE}"].weight, std=0.02)

    def forward(self, x):
        h = torch.tanh(self.parts["first"](x))
        h = torch.tanh(self.parts["${PICTURE}"](h))
        h = torch.tanh(self.parts["a\`${HTML}\`"](h))
        return self.parts["last"](h)


model = Net(128)
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
`;

/** What a stranger's names come to where a person reads them, and whether anything is asked of the network for them. */
export function strangersSuite(product: Product): void {
  describe('a model whose layers are called like pictures', () => {
    const workspace = mkdtempSync(path.join(tmpdir(), 'widthwise-strangers-'));
    writeFileSync(path.join(workspace, 'model.py'), MODEL);
    const workbench = useWorkbench(product, { workspace });
    const asked: string[] = [];
    before(async () => {
      workbench()
        .page.context()
        .on('request', (request) => void asked.push(request.url()));
      await workbench().openFile('model.py');
      await workbench().lenses.first().waitFor();
    });
    after(() => rmSync(workspace, { recursive: true, force: true }));

    for (const theme of ['Dark Modern', 'Light Modern']) {
      it(`shows their names in a hover, in ${theme}`, async () => {
        await workbench().setTheme(theme);
        await workbench().hoverOver('model.py', 'nn.init.normal_', PICTURE);
        await workbench().shoot(`strangers-hover-${theme}`);
        assert.equal(await workbench().hoverText.locator('img').count(), 0);
        await workbench().page.keyboard.press('Escape');
      });

      it(`shows their names in Explain, in ${theme}`, async () => {
        await workbench().runCommand('Widthwise: Explain Model');
        const page = workbench().explanation;
        await page.getByText(PICTURE).first().waitFor();
        await page.getByText(HTML).first().waitFor();
        await workbench().shoot(`strangers-explain-${theme}`);
        assert.equal(await page.locator('img').count(), 0);
      });
    }

    it('asks nothing of the network', () => {
      assert.ok(asked.length > 0, 'requests are seen at all');
      assert.deepEqual(asked.filter(isElsewhere), []);
    });
  });
}

/** Names that stand for files of this workbench's own server, which its service worker brings. */
const OWN_FILES = /^vscode-remote\+127-002e0-002e0-002e1-003a\d+\.vscode-resource\.vscode-cdn\.net$/;

/** Beyond this machine. */
function isElsewhere(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  if (!/^(?:https?|wss?):$/.test(protocol)) return false;
  return hostname !== '127.0.0.1' && !OWN_FILES.test(hostname);
}
