// The map itself: what is open as cards, measured, placed and joined by links.

import {createCard, createJoint, createMore, updateCard} from "./cards.js";
import {drawing, element} from "./dom.js";
import {SIZES, columnsOf, place} from "./layout.js";
import {crossPath, linkPaths, portOf, stepOf, wayPath} from "./links.js";
import {say} from "./words.js";

const MOVE = 200; // milliseconds that cards take to their new places

/** @typedef {import("./state.js").Row & import("./links.js").Spot & {element: HTMLElement}} Drawn */

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {ReturnType<typeof import("./viewport.js").createViewport>} viewport
 * @param {HTMLElement} layer
 */
export function createBoard(map, state, viewport, layer) {
  const svg = drawing("svg", { class: "links", "aria-hidden": "true" });
  const tree = element("div", { class: "tree", role: "tree", "aria-label": say("map") });
  layer.append(svg, tree);
  /** @type {Map<string, HTMLElement>} */
  let elements = new Map();
  /** @type {Map<string, number>} */
  const heights = new Map();
  /** @type {Drawn[]} */
  let drawn = [];
  /** @type {Map<number, number>} */
  let placeOf = new Map();

  const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** How wide the window on the map is. */
  const room = () => layer.parentElement?.parentElement?.clientWidth ?? 1200;

  function sizes() {
    const scaled = Object.fromEntries(Object.entries(SIZES).map(([name, size]) => [name, size * unit]));
    const found = /** @type {import("./layout.js").Sizes} */ (scaled);
    found.stepIns = SIZES.stepIns;
    found.banner = Math.min(found.banner, Math.max(found.width + found.indent, room() - 28));
    return found;
  }

  /** @param {import("./state.js").Row} row */
  const keyOf = (row) => (row.node < 0 ? `more ${row.parent} ${row.group} ${row.before}` : String(row.node));

  /** @param {import("./state.js").Row} row */
  function elementOf(row) {
    const made = row.node < 0
      ? createMore(row.rest)
      : map.isJoint(row.node) ? createJoint(map, row.node) : createCard(map, row.node);
    return made;
  }

  /** Makes every card anew: what they say of what lies below them is of the past. */
  function forget() {
    for (const old of elements.values()) old.remove();
    elements.clear();
    heights.clear();
  }

  /** @param {{anchor: number, still?: boolean}} change */
  function draw({ anchor, still: sudden = false }) {
    const before = new Map(drawn.map((spot) => [keyOf(spot), spot]));
    const size = sizes();
    const rows = state.rows();
    const wide = room() >= size.indent + 2 * size.width + size.gutter;
    const boxes = rows.map((row) => ({
      parent: row.above,
      height: 0,
      beside: row.node >= 0 && row.above >= 0 && map.isBeside(row.node),
      inset: row.node >= 0 && map.bearing[row.node] !== "premise",
      wing: wide && row.group > 0 && rows[row.above]?.above === -1,
      joint: row.node >= 0 && map.isJoint(row.node),
    }));
    const columns = columnsOf(boxes, size);
    const fresh = renew(rows, columns);
    measure(rows, columns, boxes);
    const places = place(boxes, size);
    drawn = rows.map((row, at) => ({
      ...row,
      ...places[at],
      height: boxes[at].height,
      beside: boxes[at].beside,
      joint: boxes[at].joint,
      style: row.node < 0 ? "rest" : styleOf(map, row.node),
      element: /** @type {HTMLElement} */ (elements.get(keyOf(row))),
    }));
    placeOf = new Map(drawn.flatMap((spot, at) => (spot.node >= 0 ? [[spot.node, at]] : [])));
    for (const spot of drawn) put(spot);
    drawLinks();
    viewport.setSize(extent((spot) => spot.x + spot.width), extent((spot) => spot.y + spot.height));
    const kept = drawn[placeOf.get(anchor) ?? -1];
    const was = kept && before.get(keyOf(kept));
    const moved = kept && was ? { x: kept.x - was.x, y: kept.y - was.y } : { x: 0, y: 0 };
    viewport.follow(moved.x, moved.y);
    if (before.size && !still.matches && !sudden) animate(before, moved, fresh);
    mark();
  }

  /** @param {(spot: Drawn) => number} end */
  const extent = (end) => drawn.reduce((most, spot) => Math.max(most, end(spot)), 0);

  /**
   * The tree holds the elements of these rows, in their order; answers the ones that are new.
   * @param {import("./state.js").Row[]} rows
   * @param {{width: number}[]} columns
   */
  function renew(rows, columns) {
    /** @type {Map<string, HTMLElement>} */
    const next = new Map();
    /** @type {Set<HTMLElement>} */
    const fresh = new Set();
    rows.forEach((row, at) => {
      const key = keyOf(row);
      const known = row.node < 0 ? undefined : elements.get(key);
      const found = known ?? elementOf(row);
      if (!known) fresh.add(found);
      found.classList.toggle("root", row.above < 0 && row.node >= 0);
      if (!map.isJoint(row.node)) found.style.width = `${columns[at].width}px`;
      next.set(key, found);
    });
    for (const [key, old] of elements) if (next.get(key) !== old) old.remove();
    /** @type {ChildNode | null} */
    let spot = tree.firstChild;
    for (const found of next.values()) {
      if (found === spot) spot = spot.nextSibling;
      else tree.insertBefore(found, spot);
    }
    elements = next;
    return fresh;
  }

  /**
   * Fills in the heights of boxes; a card is measured once for each width.
   * @param {import("./state.js").Row[]} rows
   * @param {{width: number}[]} columns
   * @param {{height: number, joint: boolean}[]} boxes
   */
  function measure(rows, columns, boxes) {
    /** @type {[HTMLElement, string, number][]} */
    const unknown = [];
    rows.forEach((row, at) => {
      if (boxes[at].joint) return;
      const key = `${keyOf(row)} ${columns[at].width}`;
      const card = /** @type {HTMLElement} */ (elements.get(keyOf(row)));
      const height = heights.get(key);
      if (height === undefined) {
        card.classList.remove("placed");
        card.style.height = "";
        unknown.push([card, key, at]);
      } else settle(card, height, boxes[at]);
    });
    // All are measured before any is settled, so that the browser lays out once.
    for (const [card, key] of unknown) heights.set(key, card.offsetHeight);
    for (const [card, key, at] of unknown) settle(card, heights.get(key) ?? 0, boxes[at]);
  }

  /**
   * Gives a card its height, after which the browser need not lay it out while it is out of sight.
   * @param {HTMLElement} card
   * @param {number} height
   * @param {{height: number}} box
   */
  function settle(card, height, box) {
    box.height = height;
    card.style.height = `${height}px`;
    card.classList.add("placed");
  }

  /** @param {Drawn} spot */
  function put(spot) {
    const at = spot.joint ? stepOf(spot, unit) : spot;
    spot.element.style.transform = `translate(${at.x}px, ${at.y}px)`;
  }

  function drawLinks() {
    const { strokes, marks } = linkPaths(drawn, unit);
    strokes.sort((a, b) => Number(b.style === "trunk") - Number(a.style === "trunk"));
    svg.replaceChildren(
      drawing("g", { class: "way" }),
      ...strokes.map(({ style, d }) => drawing("path", { class: `link ${style}`, d })),
      ...marks.map(({ style, x, y }) => stepMark(style, x, y)),
      drawing("g", { class: "now" }),
    );
    svg.setAttribute("width", String(extent((spot) => spot.x + spot.width) + 200 * unit));
    svg.setAttribute("height", String(extent((spot) => spot.y + spot.height) + 40 * unit));
  }

  /** @param {string} style @param {number} x @param {number} y */
  function stepMark(style, x, y) {
    const r = 6.5 * unit;
    const s = r * 0.62;
    return drawing(
      "g",
      { class: `mark ${style}`, transform: `translate(${x} ${y})` },
      drawing("circle", { r }),
      drawing("path", { d: style === "supports" ? `M${-s} 0H${s}M0 ${-s}V${s}` : `M${-s} ${s}L${s} ${-s}` }),
    );
  }

  /** Shows what is selected: its card, its way to the root, and the links the tree leaves out. */
  function mark() {
    for (const spot of drawn) {
      if (spot.node < 0) {
        spot.element.setAttribute("aria-level", String(spot.above < 0 ? 1 : levelOf(spot)));
        continue;
      }
      const can = map.children[spot.node].length > 0 && !spot.joint;
      updateCard(spot.element, {
        open: can ? state.isOpen(spot.node) : spot.joint ? true : null,
        selected: spot.node === state.selected,
        level: levelOf(spot),
      });
    }
    const at = placeOf.get(state.selected);
    const way = [];
    const lines = [];
    if (at !== undefined) {
      way.push(drawing("path", { d: wayPath(drawn, at, unit) }));
      for (const [other, how, out] of map.also(state.selected)) {
        const end = placeOf.get(other);
        if (end === undefined) continue;
        const [from, to] = out ? [drawn[at], drawn[end]] : [drawn[end], drawn[at]];
        lines.push(drawing("path", { class: `link cross ${how}`, d: crossPath(from, to, unit) }));
        lines.push(drawing("circle", { class: `dot ${how}`, cx: ends(from, to).x, cy: portOf(to, unit), r: 4 * unit }));
      }
    }
    svg.querySelector(".way")?.replaceChildren(...way);
    svg.querySelector(".now")?.replaceChildren(...lines);
    setStop();
  }

  /** @param {Drawn} from @param {Drawn} to */
  function ends(from, to) {
    const same = Math.abs(from.x - to.x) < from.width;
    return { x: same || from.x > to.x ? to.x + to.width : to.x };
  }

  /** @param {Drawn} spot */
  const levelOf = (spot) => (spot.node >= 0 ? map.depth[spot.node] : map.depth[spot.parent] + 1) + 1;

  /** One card of the map can be reached by Tab; the arrow keys lead from there. */
  function setStop() {
    const stop = drawn[placeOf.get(state.selected) ?? 0];
    for (const spot of drawn) spot.element.tabIndex = spot === stop ? 0 : -1;
  }

  /**
   * Cards glide from where they were in the window; new ones appear.
   * @param {Map<string, Drawn>} before
   * @param {{x: number, y: number}} moved
   * @param {Set<HTMLElement>} fresh
   */
  function animate(before, moved, fresh) {
    const timing = { duration: MOVE, easing: "cubic-bezier(.2,.7,.3,1)" };
    const seen = layer.parentElement?.parentElement?.getBoundingClientRect();
    for (const spot of drawn) {
      const box = spot.element.getBoundingClientRect();
      const far = !seen || box.bottom < seen.top - 200 || box.top > seen.bottom + 200;
      if (far) continue;
      const was = before.get(keyOf(spot));
      if (fresh.has(spot.element)) {
        spot.element.animate([{ opacity: 0 }, { opacity: 1 }], timing);
      } else if (was) {
        const x = was.x + moved.x - spot.x;
        const y = was.y + moved.y - spot.y;
        if (Math.abs(x) + Math.abs(y) < 1) continue;
        const at = spot.joint ? stepOf(spot, unit) : spot;
        const to = `translate(${at.x}px, ${at.y}px)`;
        spot.element.animate([{ transform: `translate(${at.x + x}px, ${at.y + y}px)` }, { transform: to }], timing);
      }
    }
    svg.animate([{ opacity: 0.15 }, { opacity: 1 }], { duration: MOVE * 1.4 });
  }

  state.onChange((change) => {
    if (change.map) forget();
    if (change.shape) draw(change);
    else mark();
    if (change.focus) viewport.toStart();
  });

  return {
    tree,
    redraw() {
      heights.clear();
      draw({ anchor: state.selected });
    },
    /** Brings a node's card into view, if it is drawn. @param {number} node */
    show(node) {
      const spot = drawn[placeOf.get(node) ?? -1];
      if (spot) viewport.show(spot, !still.matches);
    },
    size: () => ({ width: extent((spot) => spot.x + spot.width), height: extent((spot) => spot.y + spot.height) + 20 * unit }),
    /** How many cards are drawn. */
    count: () => drawn.reduce((count, spot) => count + (spot.node >= 0 && !spot.joint ? 1 : 0), 0),
    /** The drawn row of an element inside it. @param {EventTarget | null} target */
    rowAt(target) {
      const found = target instanceof Element ? target.closest("[role=treeitem]") : null;
      return drawn.find((spot) => spot.element === found);
    },
    /** @param {Drawn} row @param {number} step */
    neighbour: (row, step) => drawn[drawn.indexOf(row) + step],
    first: () => drawn[0],
    last: () => drawn[drawn.length - 1],
    /** @param {number} node */
    rowOf: (node) => drawn[placeOf.get(node) ?? -1],
    /** Puts the keyboard on a row and brings it into view. @param {Drawn | undefined} row */
    focus(row) {
      if (!row) return;
      for (const spot of drawn) spot.element.tabIndex = spot === row ? 0 : -1;
      row.element.focus({ preventScroll: true });
      viewport.show(row, !still.matches);
    },
  };
}

/**
 * The line style of a node's link: its bearing; evidence in support has its own.
 * @param {import("./model.js").ArgMap} map
 * @param {number} node
 */
export function styleOf(map, node) {
  const bearing = map.bearing[node];
  return bearing === "supports" && map.kind[node] === "evidence" ? "evidence" : bearing;
}
