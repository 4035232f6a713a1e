import { comparisonSuite } from './comparison.ts';
import { convergenceCheckSuite } from './convergence-check.ts';
import { coordinateCheckSuite } from './coordinate-check.ts';
import { editorSuite } from './editor.ts';
import { everyPanelSuite } from './every-panel.ts';
import { modelCheckSuite } from './model-check.ts';
import { panelLifeSuite } from './panel-life.ts';
import { restrictedSuite } from './restricted.ts';
import { runsSuite } from './runs.ts';
import { strangersSuite } from './strangers.ts';
import type { Product } from './workbench.ts';

/** What a person sees and does in the workbench. */
export function uiSuites(product: Product): void {
  editorSuite(product);
  strangersSuite(product);
  restrictedSuite(product);
  comparisonSuite(product);
  convergenceCheckSuite(product);
  coordinateCheckSuite(product);
  everyPanelSuite(product);
  modelCheckSuite(product);
  panelLifeSuite(product);
  runsSuite(product);
}
