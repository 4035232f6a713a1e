/** Makes a call, and hands on what it returns or throws. */
export type Caller = <Result>(call: () => Result) => Result;

let caller: Caller = (call) => call();

/** Makes a call into native code: to end this thread in the middle of one aborts the process. */
export function callNative<Result>(call: () => Result): Result {
  return caller(call);
}

/** Has every call into native code of this thread made by the one who may have it ended. */
export function makeNativeCallsBy(made: Caller): void {
  caller = made;
}
