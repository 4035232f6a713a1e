/** Asks for `draw` at most once per frame, however many changes come in between. */
export function oncePerFrame(
  draw: () => void,
  requestFrame: (callback: () => void) => void = (callback) => void requestAnimationFrame(callback),
): () => void {
  let requested = false;
  return () => {
    if (requested) return;
    requested = true;
    requestFrame(() => {
      requested = false;
      draw();
    });
  };
}
