// A long press of a finger: the details of a card, which neither opens nor closes for it.

const HOLD = 500; // milliseconds
const SLIP = 10; // px that a resting finger may move

/**
 * @param {HTMLElement} target
 * @param {(event: PointerEvent) => boolean} onLongPress whether it meant anything
 */
export function listenForLongPress(target, onLongPress) {
  let timer = 0;
  let held = false;
  /** @type {{x: number, y: number}} */
  let start = { x: 0, y: 0 };

  const forget = () => clearTimeout(timer);
  target.addEventListener("pointerdown", (event) => {
    forget();
    held = false;
    if (event.pointerType === "mouse" || !event.isPrimary) return;
    start = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      held = onLongPress(event);
    }, HOLD);
  });
  target.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLIP) forget();
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) target.addEventListener(end, forget);
  // The press has been answered: neither the click that ends it nor the browser's menu should be, too.
  target.addEventListener("click", (event) => {
    if (!held) return;
    held = false;
    event.stopPropagation();
    event.preventDefault();
  }, { capture: true });
  target.addEventListener("contextmenu", (event) => {
    if (held) event.preventDefault();
  });
}
