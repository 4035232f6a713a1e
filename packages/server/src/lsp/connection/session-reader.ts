import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  LogMessageNotification,
  type Message,
  type MessageReader,
  MessageType,
  type MessageWriter,
} from 'vscode-languageserver';
import { Gate } from './gate.ts';
import { logText } from './message-text.ts';

/** Reads the messages of a client, answers those that may not pass in their handlers' stead, and hands on the others. */
export class SessionReader extends AbstractMessageReader {
  private readonly reader: MessageReader;
  private readonly writer: MessageWriter;
  private readonly gate: Gate = new Gate();

  constructor(reader: MessageReader, writer: MessageWriter) {
    super();
    this.reader = reader;
    this.writer = writer;
    reader.onError((error) => this.fireError(error));
    reader.onClose(() => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    return this.reader.listen((message) => {
      // What comes off the wire is any JSON, whatever the reader's type says.
      if (typeof message !== 'object' || message === null || Array.isArray(message)) {
        this.fireError(new Error('a message that is not an object'));
        return;
      }
      this.receive(message, callback);
    });
  }

  private receive(message: Message, pass: DataCallback): void {
    const passage = this.gate.judge(message);
    if (passage.kind === 'pass') pass(message);
    if (passage.kind === 'answer') this.write({ id: passage.id, error: passage.error.toJson() });
    if (passage.kind === 'log') {
      const params = { type: MessageType.Warning, message: logText(passage.sentence) };
      this.write({ method: LogMessageNotification.type.method, params });
    }
  }

  private write(content: object): void {
    this.writer.write({ jsonrpc: '2.0', ...content }).catch((error: Error) => this.fireError(error));
  }
}
