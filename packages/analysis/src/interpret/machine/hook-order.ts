/** When modules were called, and when hooks were registered on them that are not followed. */
export class HookOrder {
  private now = 0;
  private readonly calls = new Map<number, number>();
  /** When a module had been called last before a hook was registered on it, by the hook's key. */
  private readonly callsBefore = new Map<string, number>();

  /** How many calls there have been. */
  get moment(): number {
    return this.now;
  }

  /** A call of a module ends. */
  noteCall(id: number): void {
    this.calls.set(id, ++this.now);
  }

  noteHook(key: string, id: number): void {
    this.callsBefore.set(key, this.calls.get(id) ?? 0);
  }

  /** Whether the module of a hook was not called between a moment and when the hook was registered, so that all its calls since had it. */
  isOnAllSince(moment: number, key: string): boolean {
    return (this.callsBefore.get(key) ?? Number.POSITIVE_INFINITY) <= moment;
  }
}
