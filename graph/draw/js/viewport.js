// The window on the map: native scrolling, dragging with the mouse, zoom by wheel, pinch and buttons.

const LEAST = 0.25;
const MOST = 2;

/**
 * @param {HTMLElement} scroller
 * @param {HTMLElement} sheet
 * @param {HTMLElement} layer
 * @param {(zoom: number) => void} onZoom
 */
export function createViewport(scroller, sheet, layer, onZoom) {
  let zoom = 1;
  let width = 0;
  let height = 0;
  let slack = 0; // room above the drawing that keeps a card in place where there is nothing to scroll

  function resize() {
    const room = margin();
    sheet.style.width = `${Math.ceil(width * zoom + room.left + room.right)}px`;
    sheet.style.height = `${Math.ceil(height * zoom + room.top + slack + room.bottom)}px`;
    layer.style.transform = `translate(${room.left}px, ${room.top + slack}px) scale(${zoom})`;
  }

  function margin() {
    const small = scroller.clientWidth < 600;
    const side = small ? 14 : 28;
    // Room after the end, so that any card can be scrolled to where the eye is.
    return { left: side, top: side, right: side + scroller.clientWidth / 3, bottom: scroller.clientHeight / 2 };
  }

  /**
   * Zooms, keeping the point of the drawing that is at (x, y) of the window.
   * @param {number} wanted
   * @param {number} [x]
   * @param {number} [y]
   */
  function zoomTo(wanted, x = scroller.clientWidth / 2, y = scroller.clientHeight / 2) {
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    if (next === zoom) return;
    const room = margin();
    const left = (scroller.scrollLeft + x - room.left) / zoom;
    const top = (scroller.scrollTop + y - room.top - slack) / zoom;
    zoom = next;
    resize();
    scroller.scrollLeft = left * zoom + room.left - x;
    scroller.scrollTop = top * zoom + room.top + slack - y;
    onZoom(zoom);
  }

  scroller.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = scroller.getBoundingClientRect();
      zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
    },
    { passive: false },
  );
  listenForDrag(scroller);
  listenForPinch(scroller, () => zoom, zoomTo);
  new ResizeObserver(resize).observe(scroller);

  return {
    get zoom() {
      return zoom;
    },
    zoomTo,
    /** @param {number} wide @param {number} high */
    setSize(wide, high) {
      width = wide;
      height = high;
      resize();
    },
    /**
     * Scrolls so that what moved by (x, y) in the drawing stays where it is in the window.
     * @param {number} x
     * @param {number} y
     */
    follow(x, y) {
      const top = scroller.scrollTop + y * zoom;
      slack = Math.max(0, slack - Math.max(0, top));
      if (top < 0) slack -= top;
      resize();
      scroller.scrollLeft += x * zoom;
      scroller.scrollTop = Math.max(0, top);
    },
    toStart() {
      slack = 0;
      resize();
      scroller.scrollTo(0, 0);
    },
    /**
     * Scrolls as little as shows the box (in the drawing's own lengths) with some room around it.
     * @param {{x: number, y: number, width: number, height: number}} box
     * @param {boolean} smooth
     */
    show(box, smooth) {
      const room = margin();
      const pad = 24;
      const left = box.x * zoom + room.left;
      const top = box.y * zoom + room.top + slack;
      const right = left + box.width * zoom;
      const bottom = top + box.height * zoom;
      let { scrollLeft, scrollTop } = scroller;
      if (right + pad > scrollLeft + scroller.clientWidth) scrollLeft = right + pad - scroller.clientWidth;
      if (left - pad < scrollLeft) scrollLeft = left - pad;
      if (bottom + pad > scrollTop + scroller.clientHeight) scrollTop = bottom + pad - scroller.clientHeight;
      if (top - pad < scrollTop) scrollTop = top - pad;
      scroller.scrollTo({ left: scrollLeft, top: scrollTop, behavior: smooth ? "smooth" : "instant" });
    },
  };
}

/** @param {HTMLElement} scroller */
function listenForDrag(scroller) {
  /** @type {{x: number, y: number, left: number, top: number, far: boolean} | null} */
  let start = null;
  scroller.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button > 1) return;
    const box = scroller.getBoundingClientRect();
    const onScrollbar = event.clientX - box.left >= scroller.clientWidth || event.clientY - box.top >= scroller.clientHeight;
    const onText = event.button === 0 && event.target instanceof Element && event.target.closest(".card");
    if (onScrollbar || onText) return;
    start = { x: event.clientX, y: event.clientY, left: scroller.scrollLeft, top: scroller.scrollTop, far: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!start) return;
    const x = event.clientX - start.x;
    const y = event.clientY - start.y;
    if (!start.far && Math.hypot(x, y) < 4) return;
    start.far = true;
    scroller.classList.add("dragging");
    scroller.scrollTo(start.left - x, start.top - y);
  });
  window.addEventListener("pointerup", () => {
    start = null;
    scroller.classList.remove("dragging");
  });
}

/**
 * @param {HTMLElement} scroller
 * @param {() => number} zoomNow
 * @param {(zoom: number, x: number, y: number) => void} zoomTo
 */
function listenForPinch(scroller, zoomNow, zoomTo) {
  /** @type {{distance: number, zoom: number} | null} */
  let start = null;
  /** @param {TouchEvent} event */
  const measure = ({ touches: [a, b] }) => ({
    distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
  });
  scroller.addEventListener("touchstart", (event) => {
    start = event.touches.length === 2 ? { distance: measure(event).distance, zoom: zoomNow() } : null;
  }, { passive: true });
  scroller.addEventListener("touchmove", (event) => {
    if (!start || event.touches.length !== 2) return;
    event.preventDefault();
    const now = measure(event);
    const box = scroller.getBoundingClientRect();
    zoomTo((start.zoom * now.distance) / start.distance, now.x - box.left, now.y - box.top);
  }, { passive: false });
}
