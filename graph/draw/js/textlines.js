// The lines that the browser has broken text into, each with its place and its looks.

/**
 * @typedef {object} Line
 * @property {string} text
 * @property {DOMRect} box in the window
 * @property {string} direction
 * @property {number} ascent share of the box's height above the line that letters stand on
 * @property {number} size
 * @property {string} weight
 * @property {boolean} italic
 * @property {boolean} struck
 * @property {string} colour
 */

const canvas = document.createElement("canvas").getContext("2d");
/** @type {Map<string, number>} */
const ascents = new Map();

/**
 * Every line of text that can be seen in an element and is no button's, top to bottom; a line that is cut off ends with "…".
 * @param {HTMLElement} root
 * @returns {Line[]}
 */
export function linesOf(root) {
  /** @type {Line[]} */
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !node.textContent?.trim() || parent.closest(".unseen, button")) continue;
    const style = getComputedStyle(parent);
    const bounds = parent.getBoundingClientRect();
    const shared = {
      direction: style.direction,
      ascent: ascentOf(style),
      size: parseFloat(style.fontSize),
      weight: style.fontWeight,
      italic: style.fontStyle === "italic",
      struck: style.textDecorationLine.includes("line-through"),
      colour: plainColour(style.color),
    };
    const lines = breaksOf(/** @type {Text} */ (node));
    const seen = lines.filter(({ box }) => box.top < bounds.bottom - 1);
    seen.forEach(({ text, box }, at) => {
      const cut = at === seen.length - 1 && seen.length < lines.length;
      const shown = text.replace(/\s+/g, " ").trim();
      if (shown) found.push({ ...shared, box, text: cut && !shown.endsWith("…") ? `${shown}…` : shown });
    });
  }
  return found;
}

/** @param {CSSStyleDeclaration} style */
function ascentOf(style) {
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  let ascent = ascents.get(font);
  if (ascent === undefined) {
    if (canvas) canvas.font = font;
    const size = canvas?.measureText("x");
    ascent = size ? size.fontBoundingBoxAscent / (size.fontBoundingBoxAscent + size.fontBoundingBoxDescent) : 0.8;
    ascents.set(font, ascent);
  }
  return ascent;
}

/**
 * Where the browser broke a text: by halving, since a range tells only which lines it touches.
 * @param {Text} node
 */
function breaksOf(node) {
  const text = node.data;
  const range = document.createRange();
  /** @param {number} from @param {number} to */
  const boxOf = (from, to) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    const boxes = [...range.getClientRects()].filter((box) => box.height > 0);
    if (!boxes.length) return null;
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const right = Math.max(...boxes.map((box) => box.right));
    return { box: new DOMRect(left, top, right - left, boxes[0].height), lines: Math.max(...boxes.map((box) => box.top)) - top > boxes[0].height / 2 ? 2 : 1 };
  };
  const lines = [];
  for (let from = 0; from < text.length; ) {
    let [fits, over] = [from + 1, text.length + 1];
    while (over - fits > 1) {
      const middle = (fits + over) >> 1;
      if ((boxOf(from, middle)?.lines ?? 1) > 1) over = middle;
      else fits = middle;
    }
    if (fits < text.length && isHigh(text.charCodeAt(fits - 1))) fits++;
    const line = boxOf(from, fits);
    if (line) lines.push({ text: text.slice(from, fits), box: line.box });
    from = fits;
  }
  return lines;
}

/** Whether this is the first half of a character. @param {number} code */
function isHigh(code) {
  return code >= 0xd800 && code < 0xdc00;
}

/**
 * A computed colour as every program reads it: browsers give mixed ones as color(srgb …).
 * @param {string} colour
 */
export function plainColour(colour) {
  const mixed = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(colour);
  if (!mixed) return colour;
  const [red, green, blue] = mixed.slice(1, 4).map((part) => Math.round(Number(part) * 255));
  return mixed[4] ? `rgba(${red}, ${green}, ${blue}, ${mixed[4]})` : `rgb(${red}, ${green}, ${blue})`;
}
