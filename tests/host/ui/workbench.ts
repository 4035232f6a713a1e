import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../browser.ts';
import { commandOf, processorLoad } from '../processor-load.ts';
import { repo } from '../product.ts';
import { RunFolder } from '../run-folder.ts';
import type { HostInstall } from '../setup/install.ts';
import { installExtension, startServer, type VsCodeServer } from '../vscode-server.ts';
import { Panel } from './panel.ts';

/** What every interface test starts from. */
export interface Product {
  readonly install: HostInstall;
  readonly vsix: string;
}

export interface WorkbenchOptions {
  /** A folder that is copied and opened. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the folder is opened in Restricted Mode. */
  readonly restricted?: boolean;
}

/** Opens a folder in Restricted Mode without asking, and says so above the editors. */
const RESTRICTED = {
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'always',
};

/** A VS Code workbench in a browser of its own, on a server of its own, with the packaged extension installed. */
export class Workbench {
  readonly page: Page;
  readonly workspace: string;
  readonly #folder: RunFolder;
  readonly #server: VsCodeServer;
  readonly #browser: Browser;

  private constructor(page: Page, workspace: string, folder: RunFolder, server: VsCodeServer) {
    this.page = page;
    this.workspace = workspace;
    this.#folder = folder;
    this.#server = server;
    this.#browser = page.context().browser()!;
  }

  static async open(product: Product, options: WorkbenchOptions): Promise<Workbench> {
    const { install, vsix } = product;
    const { restricted = false, env = {} } = options;
    const folder = new RunFolder({ ...options.settings, ...(restricted && RESTRICTED) });
    const workspace = folder.workspace(options.workspace);
    await installExtension(install.serverMain, folder, vsix);
    const server = await startServer(install.serverMain, folder, { env, trusting: !restricted });
    const browser = await launchBrowser(install, folder);
    const page = await openPage(browser);
    await page.goto(`http://${server.authority}/?folder=${encodeURIComponent(workspace)}`);
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return new Workbench(page, workspace, folder, server);
  }

  /** Ends browser and server and throws if any of their processes outlived them. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await this.#folder.close();
  }

  async openFile(name: string): Promise<void> {
    const text = this.page.locator('.monaco-editor .view-line').first();
    // A double click that comes while the explorer is still being filled is lost.
    for (const end = Date.now() + 60_000; Date.now() < end && !(await text.isVisible()); await delay(5000)) {
      await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    }
    await text.waitFor();
  }

  /** Goes to another file while one is open. */
  goToFile(name: string): Promise<void> {
    return this.#pick('Control+P', name, name);
  }

  get squiggles(): Locator {
    return this.page.locator('.monaco-editor .squiggly-warning');
  }

  get lenses(): Locator {
    return this.page.locator('.codelens-decoration');
  }

  /** Rows of the Problems panel that name one of our rules. */
  get problems(): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: 'MUP' });
  }

  get panel(): Panel {
    return new Panel(this.page);
  }

  /** What a hover shows, diagnostics and all. */
  get hoverText(): Locator {
    return this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
  }

  /**
   * Shows the hover over the first place of a text in the open file; asks again while it does not say what it should,
   * as when the mouse rests on something that has a hover of its own.
   */
  async hoverOver(name: string, place: string, saying: string): Promise<void> {
    const wanted = this.hoverText.getByText(saying).first();
    for (const end = Date.now() + 60_000; Date.now() < end && !(await wanted.isVisible()); ) {
      await this.page.keyboard.press('Escape');
      await this.#takeKeyboard();
      await this.page.keyboard.press('Control+1');
      await this.#goTo(name, place);
      await this.page.keyboard.press('Control+K');
      await this.page.keyboard.press('Control+I');
      await wanted.waitFor({ timeout: 10_000 }).catch(() => undefined);
    }
    if (!(await wanted.isVisible()))
      throw new Error(`the hover does not say ${saying}; ${await this.#onScreen()}`);
  }

  /** Takes the focus out of a webview, which hands keys on only once its own script runs. */
  async #takeKeyboard(): Promise<void> {
    await this.page.evaluate(() => {
      if (document.activeElement instanceof HTMLIFrameElement) document.activeElement.blur();
    });
  }

  /** What holds the focus and what asks for an answer, for the message of a step that failed. */
  async #onScreen(): Promise<string> {
    const focused = await this.page.evaluate(
      () => document.activeElement?.outerHTML.slice(0, 120) ?? 'nothing',
    );
    const texts = await this.page
      .locator('.monaco-dialog-box, .quick-input-widget, .notification-list-item, .monaco-hover:not(.hidden)')
      .filter({ visible: true })
      .allInnerTexts();
    return `focused: ${focused}; shown: ${texts.map((text) => text.replace(/\s+/g, ' ').slice(0, 200)).join(' | ') || 'nothing'}`;
  }

  /** The page of a Markdown preview. */
  get explanation(): FrameLocator {
    return this.page.frameLocator('iframe.webview').frameLocator('#active-frame');
  }

  /** Rows of the view of all that was run. */
  get runs(): Locator {
    return this.page.locator('.pane', { hasText: 'Runs' }).locator('.monaco-list-row', { hasText: '·' });
  }

  async showRuns(): Promise<void> {
    await this.runCommand('Widthwise: Focus on Runs View');
    await this.runs.first().waitFor();
  }

  /** Rows of the view of what was found. */
  get findings(): Locator {
    return this.page.locator('.pane', { hasText: 'Findings' }).locator('.monaco-list-row');
  }

  async showFindings(): Promise<void> {
    await this.runCommand('Widthwise: Focus on Findings View');
    await this.findings.first().waitFor();
  }

  /** Rows of the Testing view. */
  get tests(): Locator {
    return this.page.locator('.test-explorer .monaco-list-row');
  }

  async showTests(): Promise<void> {
    await this.runCommand('Focus on Test Explorer View');
    await this.tests.first().waitFor();
  }

  runTests(): Promise<void> {
    return this.runCommand('Test: Run All Tests');
  }

  /** Takes an entry of the menu of a row. */
  async takeFromMenu(row: Locator, entry: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.locator('.monaco-menu .action-item', { hasText: entry }).first();
    await item.waitFor();
    // A menu that has just come takes no mouse, lest the press that opened it chooses.
    await item.hover();
    await this.page.keyboard.press('Enter');
  }

  async showProblems(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+M');
    await this.page.locator('.markers-panel').waitFor();
  }

  /** Picks a command from the palette. */
  runCommand(title: string): Promise<void> {
    return this.#pick('F1', `>${title}`, title);
  }

  /**
   * Opens a picker, narrows it to one entry and takes it; asks again while the entry is not there yet.
   * A picker lists what there was when it was opened or its text changed, so that each try starts from neither.
   */
  async #pick(key: string | null, filter: string, entry: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first();
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      if (key !== null && !(await input.isVisible())) {
        await this.#takeKeyboard();
        await this.page.keyboard.press(key);
      }
      const found = await input
        .fill(filter, { timeout: 2000 })
        .then(() => row.click({ timeout: 2000 }))
        .then(
          () => true,
          () => false,
        );
      if (found) return;
      if (key === null) await input.fill('', { timeout: 2000 }).catch(() => undefined);
      else await this.page.keyboard.press('Escape');
    }
    throw new Error(`the picker has no ${entry}; ${await this.#onScreen()}`);
  }

  /** Types `new_`, key by key, over each `old` of the open file. */
  async typeOverEach(name: string, old: string, new_: string): Promise<void> {
    const lines = readFileSync(path.join(this.workspace, name), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      const column = line.indexOf(old);
      if (column < 0) continue;
      await this.#goToPlace(index, column);
      for (const _ of old) await this.page.keyboard.press('Shift+ArrowRight');
      await this.page.keyboard.type(new_);
    }
  }

  async #goTo(name: string, place: string): Promise<void> {
    const lines = readFileSync(path.join(this.workspace, name), 'utf8').split('\n');
    const index = lines.findIndex((line) => line.includes(place));
    await this.#goToPlace(index, lines[index]!.indexOf(place));
  }

  /** Asks again while the line is not taken: what opens meanwhile takes the input away. */
  async #goToPlace(line: number, column: number): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      await this.#takeKeyboard();
      await this.page.keyboard.press('Control+G');
      const taken = await input
        .fill(`:${line + 1}:${column + 1}`, { timeout: 2000 })
        .then(() => input.press('Enter', { timeout: 2000 }))
        .then(
          () => true,
          () => false,
        );
      if (taken) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`line ${line + 1} is not gone to`);
  }

  /** Undoes all that was typed: what was undone stands on disk, and undoing beyond it does nothing. */
  async undoAll(): Promise<void> {
    for (let i = 0; i < 40; i++) await this.page.keyboard.press('Control+Z');
  }

  /** Puts another editor in front of the panel, in its own group, so that its page is thrown away. */
  async coverPanel(): Promise<void> {
    await this.#panelTab.click();
    await this.#pick('Control+P', 'model.py', 'model.py');
    await this.page.locator('iframe.webview').waitFor({ state: 'hidden' });
  }

  async uncoverPanel(): Promise<void> {
    await this.#panelTab.click();
    await this.panel.shown();
  }

  get #panelTab(): Locator {
    return this.page.locator('.tab', { hasText: /Compare Parametrizations|Coordinate Check|Widthwise/ });
  }

  async setTheme(theme: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.#pick(null, theme, theme);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async closePanel(): Promise<void> {
    await this.#panelTab.click();
    await this.runCommand('View: Close Editor');
    await this.page.locator('iframe.webview').waitFor({ state: 'detached' });
  }

  /** Loads the window anew by the workbench's own command, which saves the state of its editors before. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 120_000 });
    await this.#takeKeyboard();
    // Asked for once: a second time would reload again.
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input[type=text]').fill('>Developer: Reload Window');
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Reload Window' })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
    await loaded;
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens the language status and waits for an entry with this text. */
  async showLanguageStatus(text: string): Promise<void> {
    await this.page.locator('[id="status.languageStatus"]').click();
    await this.page.locator('.hover-language-status', { hasText: text }).waitFor();
  }

  /** What VS Code says above the editors of a folder that is not trusted. */
  get restrictedBanner(): Locator {
    return this.page.locator('[id="workbench.parts.banner"]', { hasText: 'Restricted Mode' });
  }

  /** What notifications say. */
  get notifications(): Locator {
    return this.page.locator('.notification-list-item');
  }

  /** Ends the language server as a crash would, and resolves when it is gone. */
  async killServer(): Promise<void> {
    const [server] = this.#languageServers();
    if (server === undefined) throw new Error('no language server');
    process.kill(server, 'SIGKILL');
    while (this.#languageServers().includes(server)) await delay(50);
  }

  /** Resolves when another language server runs in the place of one that ended. */
  async serverReplaces(ended: number | undefined): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; await delay(100))
      if (this.server !== undefined && this.server !== ended) return;
    throw new Error('no language server came');
  }

  get serverRuns(): boolean {
    return this.server !== undefined;
  }

  /** The process of the language server; another one after a crash. */
  get server(): number | undefined {
    return this.#languageServers()[0];
  }

  /** Ends every process that analyses a text, as running out of memory would. */
  killAnalysers(): void {
    const analysers = this.#folder.processes().filter((pid) => commandOf(pid).includes('analyser.js'));
    if (analysers.length === 0) throw new Error('no analyser');
    for (const pid of analysers) process.kill(pid, 'SIGKILL');
  }

  #languageServers(): number[] {
    return this.#folder.processes().filter((pid) => commandOf(pid).includes('serve\0--stdio'));
  }

  /** How many processors the language server keeps busy. */
  serverLoad(): Promise<number> {
    const servers = this.#languageServers();
    if (servers.length !== 1) throw new Error(`${servers.length} language servers`);
    return processorLoad(servers[0]!);
  }

  /** Leaves a picture in the ignored folder `shots`, for a person to look at. */
  async shoot(name: string): Promise<void> {
    const shots = path.join(repo, 'shots');
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: path.join(shots, `${name}.png`) });
  }
}
