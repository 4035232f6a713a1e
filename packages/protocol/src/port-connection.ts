import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageConnection,
} from 'vscode-jsonrpc';

/** The two functions that both ends of a webview have, whatever they are called there. */
export interface Port {
  post(message: unknown): void;
  listen(handler: (message: unknown) => void): Disposable;
}

/** JSON-RPC over `postMessage`, so that a webview speaks the very protocol the server does. Not yet listening. */
export function connectPort(port: Port): MessageConnection {
  return createMessageConnection(new PortReader(port), new PortWriter(port));
}

class PortReader extends AbstractMessageReader {
  readonly #port: Port;
  constructor(port: Port) {
    super();
    this.#port = port;
  }
  listen(callback: DataCallback): Disposable {
    // SAFETY: a webview's port carries what the other end's PortWriter posted and nothing else.
    return this.#port.listen((message) => callback(message as Message));
  }
}

class PortWriter extends AbstractMessageWriter {
  readonly #port: Port;
  constructor(port: Port) {
    super();
    this.#port = port;
  }
  async write(message: Message): Promise<void> {
    this.#port.post(message);
  }
  end(): void {}
}
