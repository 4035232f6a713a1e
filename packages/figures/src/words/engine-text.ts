/** The engine that trains, and why where `auto` took it: `engine wasm (auto: it loads everywhere)`. */
export function engineText(name: string, reason: string | null): string {
  return `engine ${name}${reason === null ? '' : ` (auto: ${reason})`}`;
}
