// Where cards go: the same as graph/draw/layout.py, for what is open; a test holds the two to each other.

/**
 * @typedef {object} Sizes
 * @property {number} width of a card
 * @property {number} banner of a root, which stands above its tree
 * @property {number} indent of the first column
 * @property {number} gutter between columns, where the links run
 * @property {number} gap between cards
 * @property {number} stepIn of a card beside another
 * @property {number} stepIns at most so many
 */

/**
 * @typedef {object} Box
 * @property {number} parent place of the box it hangs on, which comes before it; -1 for none
 * @property {number} height
 * @property {boolean} beside stays in its parent's column
 * @property {boolean} inset and stands a step in
 * @property {boolean} joint a point in the gutter: no box of its own
 */

/** @typedef {{x: number, y: number, width: number, column: number}} Place */

/** @type {Sizes} */
export const SIZES = { width: 264, banner: 560, indent: 60, gutter: 72, gap: 18, stepIn: 14, stepIns: 3 };

/**
 * The columns of boxes and how far each is stepped in, which their widths and so their heights hang on.
 * @param {Omit<Box, "height">[]} boxes
 * @param {Sizes} sizes
 * @returns {{column: number, step: number, width: number}[]}
 */
export function columnsOf(boxes, sizes) {
  /** @type {{column: number, step: number, width: number}[]} */
  const found = [];
  for (const box of boxes) {
    if (box.parent < 0) {
      found.push({ column: 0, step: 0, width: sizes.banner });
      continue;
    }
    const above = found[box.parent];
    const column = above.column + (box.beside ? 0 : 1);
    const step = box.beside ? Math.min(above.step + (box.inset ? 1 : 0), sizes.stepIns) : 0;
    found.push({ column, step, width: sizes.width - step * sizes.stepIn });
  }
  return found;
}

/**
 * The place of every box: level with its first child, and as high as its columns allow.
 * @param {Box[]} boxes
 * @param {Sizes} sizes
 * @returns {Place[]}
 */
export function place(boxes, sizes) {
  const columns = columnsOf(boxes, sizes);
  const first = new Int32Array(boxes.length).fill(-1);
  boxes.forEach((box, index) => {
    const above = boxes[box.parent];
    if (above && above.parent >= 0 && first[box.parent] < 0 && (!box.beside || above.joint)) {
      first[box.parent] = index;
    }
  });
  const tops = new Float64Array(boxes.length).fill(-1);
  /** @type {number[]} */
  let bottoms = [];
  let floor = 0;
  boxes.forEach((box, index) => {
    if (tops[index] >= 0) return;
    const row = [];
    for (let at = index; at >= 0; at = first[at]) row.push(at);
    let top = 0;
    if (box.parent < 0) {
      top = bottoms.reduce((lowest, bottom) => Math.max(lowest, bottom), floor);
      floor = top + box.height + sizes.gap;
      bottoms = [];
    } else {
      for (const at of row) top = Math.max(top, bottoms[columns[at].column] ?? floor);
    }
    for (const at of row) {
      tops[at] = top;
      while (bottoms.length <= columns[at].column) bottoms.push(floor);
      if (!boxes[at].joint) bottoms[columns[at].column] = top + boxes[at].height + sizes.gap;
    }
  });
  return boxes.map((box, index) => {
    const { column, step, width } = columns[index];
    const x = box.parent < 0 ? 0 : sizes.indent + (column - 1) * (sizes.width + sizes.gutter) + step * sizes.stepIn;
    return { x, y: tops[index], width, column };
  });
}
