// The links between cards, as paths: a quiet trunk down the gutter, then a stub in the link's own style.

/**
 * A placed row, as links see it.
 * @typedef {object} Spot
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {number} above place of the parent's spot; -1 for none
 * @property {boolean} beside
 * @property {boolean} joint
 * @property {string} style
 */

/** @typedef {{style: string, d: string}} Stroke */
/** @typedef {{style: string, x: number, y: number}} Mark */

const TRUNK = 52; // from a column's edge back to the trunk of what is to its left
const JOINT = 30; // to where linked premises meet, and where a step is attacked
const BRACKET = 12; // to the line that joins linked premises
const ROUND = 8;
const PORT = 21; // down a card, where links reach it
const BAND = 800; // of a drawing, which share their strokes: a stroke as long as the map is slow to paint

/**
 * Where links reach a spot.
 * @param {Spot} spot
 * @param {number} unit
 */
export function portOf(spot, unit) {
  return spot.y + PORT * unit;
}

/**
 * Where a joint is drawn, and where the step of an ordinary card is attacked.
 * @param {Spot} spot
 * @param {number} unit
 */
export function stepOf(spot, unit) {
  return { x: spot.x - JOINT * unit, y: portOf(spot, unit) };
}

/**
 * Every stroke of the drawing, one for each style and band, and the marks where steps are attacked.
 * @param {Spot[]} spots
 * @param {number} unit of length: 1 where the browser's font is 16 px
 * @returns {{strokes: Stroke[], marks: Mark[]}}
 */
export function linkPaths(spots, unit) {
  /** @type {Map<string, {style: string, parts: string[]}>} */
  const paths = new Map();
  /** @param {string} style @param {number} y @param {string} d */
  const draw = (style, y, d) => {
    const key = `${style} ${Math.floor(y / BAND)}`;
    const path = paths.get(key);
    if (path) path.parts.push(d);
    else paths.set(key, { style, parts: [d] });
  };
  /** @param {string} style @param {number} x @param {number} top @param {number} bottom */
  const drop = (style, x, top, bottom) => {
    for (let y = top; y < bottom; ) {
      const end = Math.min(bottom, (Math.floor(y / BAND) + 1) * BAND);
      draw(style, y, `M${x} ${y}V${end}`);
      y = end;
    }
  };
  /** @type {Mark[]} */
  const marks = [];
  /** @type {Map<string, {above: Spot, top: number, bottom: number, left: number}>} */
  const trunks = new Map();
  /** @type {Map<number, {top: number, bottom: number, x: number}>} */
  const brackets = new Map();
  const r = ROUND * unit;

  spots.forEach((spot) => {
    const above = spots[spot.above];
    if (!above) return;
    const y = portOf(spot, unit);
    if (spot.beside && above.joint && spot.style === "premise") {
      const x = spot.x - BRACKET * unit;
      const bracket = brackets.get(spot.above);
      if (bracket) bracket.bottom = y;
      else brackets.set(spot.above, { top: y, bottom: y, x });
      draw(above.style, y, bracket ? corner(x, y, spot.x, r) : `M${x} ${y}H${spot.x}`);
      return;
    }
    if (spot.beside) {
      const at = stepOf(above, unit);
      drop(spot.style, at.x, at.y + 7 * unit, y - r);
      draw(spot.style, y, corner(at.x, y, spot.x, r));
      marks.push({ style: spot.style, x: at.x, y: at.y + (above.joint ? JOINT * 0.8 * unit : 0) });
      return;
    }
    const column = spot.x - TRUNK * unit;
    const key = `${spot.above} ${column}`; // a root has a trunk for each wing
    const trunk = trunks.get(key);
    if (trunk) trunk.bottom = Math.max(trunk.bottom, y - r);
    const end = spot.joint ? stepOf(spot, unit).x : spot.x;
    const level = above.above >= 0 && Math.abs(y - portOf(above, unit)) < 1;
    if (!trunk) {
      const top = above.above < 0 ? above.y + above.height : portOf(above, unit);
      trunks.set(key, { above, top, bottom: level ? top : y - r, left: column });
    }
    draw(spot.style, y, level ? `M${column} ${y}H${end}` : corner(column, y, end, r));
  });
  for (const [place, { x, top, bottom }] of brackets) {
    const joint = spots[place];
    const at = stepOf(joint, unit);
    draw(joint.style, at.y, `M${at.x} ${at.y}H${x}`);
    drop(joint.style, x, top, bottom - r);
  }
  for (const { above, top, bottom, left } of trunks.values()) {
    const port = portOf(above, unit);
    if (above.above >= 0) draw("trunk", port, `M${above.x + above.width} ${port}H${left}`);
    drop("trunk", left, top, bottom);
  }
  return { strokes: [...paths.values()].map(({ style, parts }) => ({ style, d: parts.join("") })), marks };
}

/**
 * The links that lead from a spot to its root, drawn over the others.
 * @param {Spot[]} spots
 * @param {number} place
 * @param {number} unit
 */
export function wayPath(spots, place, unit) {
  const r = ROUND * unit;
  let d = "";
  for (let spot = spots[place]; spot && spot.above >= 0; spot = spots[spot.above]) {
    const above = spots[spot.above];
    const y = portOf(spot, unit);
    const at = stepOf(above, unit);
    if (spot.beside && spot.style === "premise") {
      d += `M${at.x} ${at.y}H${spot.x - BRACKET * unit}V${y}H${spot.x}`;
    } else if (spot.beside) {
      d += `M${at.x} ${at.y + 7 * unit}V${y - r}q0 ${r} ${r} ${r}H${spot.x}`;
    } else {
      const root = above.above < 0;
      const column = spot.x - TRUNK * unit;
      const end = spot.joint ? stepOf(spot, unit).x : spot.x;
      const from = portOf(above, unit);
      d += root ? `M${column} ${above.y + above.height}` : `M${above.x + above.width} ${from}H${column}`;
      d += !root && Math.abs(y - from) < 1 ? `H${end}` : `V${y - r}q0 ${r} ${r} ${r}H${end}`;
    }
  }
  return d;
}

/**
 * A link that the tree leaves out, from card to card.
 * @param {Spot} from
 * @param {Spot} to
 * @param {number} unit
 */
export function crossPath(from, to, unit) {
  const y1 = portOf(from, unit);
  const y2 = portOf(to, unit);
  const bend = 60 * unit;
  if (Math.abs(from.x - to.x) < from.width) {
    const x = Math.max(from.x + from.width, to.x + to.width);
    return `M${from.x + from.width} ${y1}C${x + bend} ${y1} ${x + bend} ${y2} ${to.x + to.width} ${y2}`;
  }
  const right = from.x > to.x;
  const x1 = right ? from.x : from.x + from.width;
  const x2 = right ? to.x + to.width : to.x;
  const pull = right ? -bend : bend;
  return `M${x1} ${y1}C${x1 + pull} ${y1} ${x2 - pull} ${y2} ${x2} ${y2}`;
}

/**
 * From a trunk round the corner to a card.
 * @param {number} x
 * @param {number} y
 * @param {number} end
 * @param {number} r
 */
function corner(x, y, end, r) {
  return `M${x} ${y - r}q0 ${r} ${r} ${r}H${end}`;
}
