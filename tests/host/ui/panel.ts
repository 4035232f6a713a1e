import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { violationsIn } from './accessibility.ts';

/** One curve as the panel draws it, with where its numbers come from; `null` for theory, which nobody measured. */
export interface PlottedLine {
  readonly chart: string;
  /** Index within its chart. */
  readonly line: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly color: string;
  readonly source: {
    readonly parametrization: string;
    readonly width?: number;
    readonly seed?: number;
    readonly quantity: string;
    readonly layer: number | null;
  } | null;
}

declare global {
  interface Window {
    /** What the page tells its tests. */
    readonly widthwise: {
      plotted(): PlottedLine[];
      /** Where a point stands on its chart's canvas, in pixels. */
      pixelOf(chart: string, line: number, index: number): { readonly x: number; readonly y: number } | null;
    };
  }
}

/** The comparison panel, seen from outside its page. */
export class Panel {
  readonly #frame: FrameLocator;

  constructor(page: Page) {
    this.#frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  }

  get cancel(): Locator {
    return this.#frame.locator('#cancel');
  }

  /** The button that compares again, or for the first time. */
  get again(): Locator {
    return this.#frame.locator('#again, [data-run="compare"]');
  }

  /** All that the panel says. */
  words(): Promise<string> {
    return this.#frame.locator('#root').innerText();
  }

  /** What stands in the page until its script has drawn something. */
  get starting(): Locator {
    return this.#frame.locator('.starting');
  }

  /** Resolves when the page stands and says something. */
  async shown(): Promise<void> {
    await this.#frame.locator('#status').waitFor();
  }

  /** Resolves when its title has some words. */
  titled(words: string): Promise<void> {
    return this.#frame.locator('h1', { hasText: words }).waitFor();
  }

  /** The status line while it says `state`. */
  status(state: string): Locator {
    return this.#frame.locator(`#status[data-state="${state}"]`);
  }

  /** Resolves when the panel says `state`. */
  async reaches(state: string, limitMs = 60_000): Promise<void> {
    await this.status(state).waitFor({ timeout: limitMs });
  }

  /** Shows the next run of a parametrization and width in the charts over steps, and waits until it is drawn. */
  async pick(parametrization: string, width: number): Promise<void> {
    await this.#frame.locator(`[data-cell="${parametrization}/${width}"]`).click();
    await this.#becomes(`${parametrization} at ${width} is drawn`, async () =>
      (await this.plotted()).some(
        ({ source }) =>
          source?.seed !== undefined && source.parametrization === parametrization && source.width === width,
      ),
    );
  }

  /** Chooses the layer of the charts over steps. */
  async pickLayer(layer: number): Promise<void> {
    await this.#frame.locator('#layer').selectOption(String(layer));
  }

  /** What a person has chosen to see. */
  async choice(): Promise<{ readonly layer: string; readonly run: string }> {
    return {
      layer: await this.#frame.locator('#layer').inputValue(),
      run: await this.#frame.locator('#run').innerText(),
    };
  }

  plotted(): Promise<PlottedLine[]> {
    return this.#frame.locator('body').evaluate(() => window.widthwise.plotted());
  }

  /** What is wrong with it for those who do not see it, or see it badly. */
  violations(): Promise<string[]> {
    return violationsIn(this.#frame.locator('body'));
  }

  /** The color theme that the page was given. */
  async theme(): Promise<string> {
    return (await this.#frame.locator('body').getAttribute('data-vscode-theme-id')) ?? '';
  }

  hasOtherThemeThan(before: string): Promise<void> {
    return this.#becomes('the page has another theme', async () => (await this.theme()) !== before);
  }

  /** What stands beyond the right edge of the page, where nobody sees it without scrolling; a line each. */
  cutOff(): Promise<string[]> {
    return this.#frame.locator('body').evaluate(cutOffInPage);
  }

  /** One number for all pixels of all charts, or of some. */
  async pixels(charts = ''): Promise<string> {
    const images = await this.#frame
      .locator('body')
      .evaluate(
        (body, selector) =>
          [...body.querySelectorAll<HTMLCanvasElement>(`${selector} canvas`)]
            .map((canvas) => canvas.toDataURL())
            .join(),
        charts,
      );
    return createHash('sha256').update(images).digest('hex');
  }

  /**
   * How many different pictures the charts show while the comparison runs: counted until there are `frames` of them,
   * `withinMs` are over, or it runs no longer.
   */
  async framesWhileRunning({ frames, withinMs }: { frames: number; withinMs: number }): Promise<number> {
    const seen = new Set<string>();
    const end = Date.now() + withinMs;
    while (seen.size < frames && Date.now() < end && (await this.status('running').count()) > 0) {
      seen.add(await this.pixels('[data-chart^="loss"]'));
      await delay(10);
    }
    return seen.size;
  }

  /** Resolves when the charts look different from `before`. */
  repainted(before: string): Promise<void> {
    return this.#becomes('the charts change', async () => (await this.pixels()) !== before);
  }

  /** Resolves when a curve over steps has points. */
  drawsPoints(): Promise<void> {
    return this.#becomes('a curve over steps gets a point', async () =>
      (await this.plotted()).some(({ source, y }) => source?.seed !== undefined && y.length > 0),
    );
  }

  async #becomes(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 20_000; Date.now() < end; await delay(50)) if (await holds()) return;
    throw new Error(`waited in vain until ${what}`);
  }

  /** Heights, in canvas pixels, at which the column of a curve's point has the curve's color; and where it should. */
  inked(line: PlottedLine, index: number): Promise<{ readonly expected: number; readonly found: number[] }> {
    return this.#frame.locator('body').evaluate(inkedInPage, { line, index });
  }
}

/** Runs in the page. What scrolls by itself, as a wide table may, is not cut. */
function cutOffInPage(body: HTMLElement): string[] {
  return [...body.querySelectorAll<HTMLElement>('#root *')]
    .filter((element) => element.closest('.wide, .spoken, svg, .uplot') === null)
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80));
}

/** Runs in the page. */
function inkedInPage(
  body: HTMLElement,
  { line, index }: { readonly line: PlottedLine; readonly index: number },
): { readonly expected: number; readonly found: number[] } {
  const canvas = body.querySelector<HTMLCanvasElement>(`[data-chart="${line.chart}"] canvas`)!;
  const ink = document.createElement('canvas').getContext('2d')!;
  ink.fillStyle = line.color;
  ink.fillRect(0, 0, 1, 1);
  const color = ink.getImageData(0, 0, 1, 1).data;
  const point = window.widthwise.pixelOf(line.chart, line.line, index)!;
  const column = canvas.getContext('2d')!.getImageData(Math.round(point.x), 0, 1, canvas.height).data;
  const found: number[] = [];
  for (let y = 0; y < canvas.height; y++) {
    const distance = [0, 1, 2].map((channel) => Math.abs(column[4 * y + channel]! - color[channel]!));
    if (column[4 * y + 3]! > 200 && Math.max(...distance) < 24) found.push(y);
  }
  return { expected: point.y, found };
}
