import type { FrameLocator, Page } from 'playwright-core';

/** The comparison panel, seen from outside its webview. */
export class Panel {
  readonly #frame: FrameLocator;

  constructor(page: Page) {
    this.#frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  }

  get frame(): FrameLocator {
    return this.#frame;
  }
}
