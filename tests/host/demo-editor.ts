import { endInOrder } from './owned-process.ts';
import { examples, packageExtension } from './product.ts';
import { RunFolder } from './run-folder.ts';
import { installHost, UnsupportedHost } from './setup/install.ts';
import { installExtension, startServer } from './vscode-server.ts';

/** VS Code with the extension and the examples, for a person's own browser, until Ctrl-C. Leaves nothing behind. */
async function demo(): Promise<void> {
  const install = await installHost(console.log);
  console.log('building and packaging the extension');
  const vsix = await packageExtension();
  const folder = new RunFolder();
  const workspace = folder.workspace(examples);
  await installExtension(install.serverMain, folder, vsix);
  const server = await startServer(install.serverMain, folder);
  console.log(`\n  http://${server.authority}/?folder=${encodeURI(workspace)}\n`);
  console.log(
    'Open the address in a browser, then pytorch-mlp/model.py: VS Code with Widthwise installed, on a copy',
  );
  console.log(
    'of the examples. F1, "Widthwise: Compare Parametrizations" trains beside the code. Ctrl-C ends it.',
  );
  await server.ended;
  throw new Error(`VS Code's server ended by itself:\n${server.output}`);
}

endInOrder();
try {
  await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof UnsupportedHost ? 2 : 1;
}
