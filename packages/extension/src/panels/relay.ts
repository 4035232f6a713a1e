import { WEBVIEW_NOTIFICATIONS, WEBVIEW_REQUESTS } from '@widthwise/protocol';
import {
  type CancellationToken,
  type Disposable,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
} from 'vscode-jsonrpc';

/** What the relay needs of a language client. */
export interface ServerSide {
  sendRequest(method: string, params: unknown, token: CancellationToken): Promise<unknown>;
  onNotification(method: string, handler: (params: unknown) => void): Disposable;
}

/** Carries the allowed messages between a view and the server, unread; `isReady` tells whether the view listens. */
export function relay(view: MessageConnection, server: ServerSide, isReady: () => boolean): Disposable {
  const subscriptions = [
    view.onRequest((method: string, params: unknown, token: CancellationToken) =>
      WEBVIEW_REQUESTS.has(method)
        ? server.sendRequest(method, params, token)
        : new ResponseError(ErrorCodes.MethodNotFound, `a view may not call ${method}`),
    ),
    ...[...WEBVIEW_NOTIFICATIONS].map((method) =>
      server.onNotification(method, (params) => {
        if (isReady()) void view.sendNotification(method, params);
      }),
    ),
  ];
  return { dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()) };
}
