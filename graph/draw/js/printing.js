// Printing: the map alone, as wide as the paper.

const PAPER = 1040; // CSS pixels across a landscape page of A4 or Letter, without its margins
const LEAST = 0.45; // below this nobody can read it

/**
 * @param {HTMLElement} layer
 * @param {HTMLElement} sheet
 * @param {() => {width: number, height: number}} size
 */
export function fitToPaper(layer, sheet, size) {
  /** @type {string[]} */
  let screen = [];
  addEventListener("beforeprint", () => {
    const { width, height } = size();
    const scale = Math.max(LEAST, Math.min(1, PAPER / width));
    screen = [layer.style.transform, sheet.style.width, sheet.style.height];
    layer.style.transform = `scale(${scale})`;
    sheet.style.width = `${width * scale}px`;
    sheet.style.height = `${height * scale}px`;
  });
  addEventListener("afterprint", () => {
    [layer.style.transform, sheet.style.width, sheet.style.height] = screen;
  });
}
