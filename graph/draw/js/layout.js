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
 * @property {boolean} wing under a root: stands to the right of all that is under the root and no wing
 * @property {boolean} joint a point in the gutter: no box of its own
 */

/** @typedef {{x: number, y: number, width: number, column: number}} Place */

/** @type {Sizes} */
export const SIZES = { width: 264, banner: 560, indent: 60, gutter: 72, gap: 18, stepIn: 14, stepIns: 3 };

/**
 * Which column each box is in, which says all but its height; heights hang on the widths.
 * @param {Omit<Box, "height">[]} boxes
 * @param {Sizes} sizes
 * @returns {{column: number, step: number, x: number, width: number}[]}
 */
export function columnsOf(boxes, sizes) {
  /** @type {{column: number, step: number, x: number, width: number}[]} */
  const found = [];
  const pitch = sizes.width + sizes.gutter;
  let root = 0;
  let widest = 0;
  let wing = -1; // the column left of the wing, once there is one
  for (const box of boxes) {
    if (box.parent < 0) {
      [root, widest, wing] = [found.length, 0, -1];
      found.push({ column: 0, step: 0, x: 0, width: sizes.banner });
      continue;
    }
    const above = found[box.parent];
    let column = above.column + (box.beside ? 0 : 1);
    if (box.wing) {
      if (wing < 0) {
        wing = widest;
        found[root].width = Math.max(sizes.banner, sizes.indent + wing * pitch + sizes.width);
      }
      column = wing + 1;
    }
    widest = Math.max(widest, column);
    const step = box.beside ? Math.min(above.step + (box.inset ? 1 : 0), sizes.stepIns) : 0;
    const x = sizes.indent + (column - 1) * pitch + step * sizes.stepIn;
    found.push({ column, step, x, width: sizes.width - step * sizes.stepIn });
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
  const first = firstChildren(boxes);
  const tops = new Float64Array(boxes.length).fill(-1);
  /** @type {Map<number, number>} */
  let bottoms = new Map(); // of the columns of one root
  let floor = 0;
  let lowest = 0;
  boxes.forEach((box, index) => {
    if (tops[index] >= 0) return;
    const row = [];
    for (let at = index; at >= 0; at = first[at]) row.push(at);
    let top = 0;
    if (box.parent < 0) {
      top = lowest;
      floor = lowest = top + box.height + sizes.gap;
      bottoms = new Map();
    } else {
      for (const at of row) top = Math.max(top, bottoms.get(columns[at].column) ?? floor);
    }
    for (const at of row) {
      tops[at] = top;
      if (boxes[at].joint) continue;
      const bottom = top + boxes[at].height + sizes.gap;
      bottoms.set(columns[at].column, bottom);
      lowest = Math.max(lowest, bottom);
    }
  });
  return columns.map(({ x, width, column }, index) => ({ x, y: tops[index], width, column }));
}

/**
 * The child each box is level with: its first in the next column, or a joint's first premise; -1 for none.
 * @param {Box[]} boxes
 */
function firstChildren(boxes) {
  const first = new Int32Array(boxes.length).fill(-1);
  boxes.forEach((box, index) => {
    const above = boxes[box.parent];
    if (!above || first[box.parent] >= 0) return;
    if (above.parent >= 0 && (!box.beside || above.joint)) first[box.parent] = index;
  });
  return first;
}
