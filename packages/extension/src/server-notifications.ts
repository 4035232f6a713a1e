/** What tells of notifications, with one handler a method. */
interface Source {
  onNotification(method: string, handler: (params: unknown) => void): { dispose(): void };
}

/** Notifications of the server for whoever wants them: a client has but one handler a method. */
export class ServerNotifications {
  readonly #source: Source;
  readonly #handlers = new Map<string, Set<(params: unknown) => void>>();

  constructor(source: Source) {
    this.#source = source;
  }

  onNotification(method: string, handler: (params: unknown) => void): { dispose(): void } {
    const handlers = this.#handlers.get(method) ?? this.#listen(method);
    handlers.add(handler);
    return { dispose: () => void handlers.delete(handler) };
  }

  #listen(method: string): Set<(params: unknown) => void> {
    const handlers = new Set<(params: unknown) => void>();
    this.#handlers.set(method, handlers);
    this.#source.onNotification(method, (params: unknown) => {
      for (const handler of handlers) handler(params);
    });
    return handlers;
  }
}
