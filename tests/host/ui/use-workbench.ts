import { after, afterEach, before } from 'mocha';
import { type Product, Workbench, type WorkbenchOptions } from './workbench.ts';

/**
 * Opens a workbench for the tests of the surrounding `describe` and closes it after them; a test that fails leaves a
 * picture named after it.
 */
export function useWorkbench(product: Product, options: WorkbenchOptions): () => Workbench {
  let workbench: Workbench | undefined;
  before('opens a workbench', async () => {
    workbench = await Workbench.open(product, options);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench?.shoot(`failed ${this.currentTest.title}`);
  });
  after('closes it', () => workbench?.close());
  return () => {
    if (workbench === undefined) throw new Error('the workbench is not open yet');
    return workbench;
  };
}
