// The outline: the open tree as lines of text, of which only those in sight are in the document.

import {bearingWord} from "./cards.js";
import {element} from "./dom.js";
import {say, sayIfKnown} from "./words.js";

const LINE = 1.875; // rem, height of a line
const SPARE = 12; // lines kept beyond what is in sight

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {HTMLElement} nav
 * @param {{onPick: (node: number) => void, onToggle: (node: number, wanted?: boolean) => void,
 *   onMore: (row: import("./state.js").Row) => void}} does
 */
export function createOutline(map, state, nav, does) {
  const tree = element("div", { class: "lines", role: "tree", "aria-label": say("outline") });
  nav.append(tree);
  const line = LINE * (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
  /** @type {import("./state.js").Row[]} */
  let rows = [];
  /** @type {Map<number, number>} */
  let placeOf = new Map();
  let stop = 0;
  /** @type {Map<number, HTMLElement>} */
  let lines = new Map();

  function reread() {
    rows = state.rows();
    placeOf = new Map(rows.flatMap((row, at) => (row.node >= 0 ? [[row.node, at]] : [])));
    tree.style.height = `${rows.length * line}px`;
    for (const old of lines.values()) old.remove();
    lines = new Map();
    stop = placeOf.get(state.selected) ?? Math.min(stop, Math.max(0, rows.length - 1));
    show();
  }

  function show() {
    const from = Math.max(0, Math.floor(nav.scrollTop / line) - SPARE);
    const to = Math.min(rows.length, Math.ceil((nav.scrollTop + nav.clientHeight) / line) + SPARE);
    const focused = document.activeElement;
    for (const [at, old] of lines) {
      if ((at < from || at >= to) && at !== stop && old !== focused) {
        old.remove();
        lines.delete(at);
      }
    }
    const wanted = [stop, ...Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n)];
    for (const at of wanted) if (rows[at] && !lines.has(at)) add(at);
  }

  /** @param {number} at */
  function add(at) {
    const made = lineOf(rows[at], at);
    const after = [...lines.keys()].filter((other) => other > at).sort((a, b) => a - b)[0];
    tree.insertBefore(made, after === undefined ? null : (lines.get(after) ?? null));
    lines.set(at, made);
  }

  /** @param {import("./state.js").Row} row @param {number} at */
  function lineOf(row, at) {
    const { node } = row;
    const level = (node >= 0 ? map.depth[node] : map.depth[row.parent] + 1) + 1;
    const roots = state.top < 0 ? map.roots : [state.top];
    const siblings = row.parent < 0 ? roots : map.groups(row.parent).flat();
    const can = node >= 0 && map.children[node].length > 0;
    const kind = node >= 0 ? map.kind[node] : "rest";
    const made = element(
      "div",
      {
        class: `line ${kind}${can ? " can" : ""}`,
        role: "treeitem",
        tabindex: at === stop ? "0" : "-1",
        "data-at": at,
        "aria-level": level,
        "aria-setsize": siblings.length,
        "aria-posinset": node >= 0 ? siblings.indexOf(node) + 1 : siblings.length,
        "aria-expanded": can ? String(state.isOpen(node)) : null,
        "aria-selected": String(node >= 0 && node === state.selected),
      },
      element("span", { class: "twist", "aria-hidden": "true" }),
      node >= 0 && element("span", { class: "glyph", "aria-hidden": "true" }, say(`glyph_${kind}`)),
      node >= 0 && element("span", { class: "unseen" }, spoken(node)),
      element("span", { class: "words", dir: "auto" }, node >= 0 ? map.label[node] : say("more", { count: row.rest.toLocaleString("en") })),
      ...(node >= 0 ? map.badges(node) : []).flatMap(({ name, sign, word }) => [
        element("span", { class: `sign ${name}`, "aria-hidden": "true", title: word }, sign),
        element("span", { class: "unseen" }, `, ${word}`),
      ]),
    );
    made.style.top = `${at * line}px`;
    made.style.paddingInlineStart = `${0.375 + indent(level - 1)}rem`;
    return made;
  }

  /** @param {number} node */
  function spoken(node) {
    const words = [say(`kind_${map.kind[node]}`), bearingWord(map, node), sayIfKnown(`side_${map.side(node)}`)];
    return `${words.filter(Boolean).join(", ")}: `;
  }

  /** @param {EventTarget | null} target */
  function placeAt(target) {
    const found = target instanceof Element ? target.closest("[data-at]") : null;
    return found ? Number(found.getAttribute("data-at")) : -1;
  }

  /** @param {number} at */
  function focus(at) {
    if (!rows[at]) return;
    lines.get(stop)?.setAttribute("tabindex", "-1");
    stop = at;
    keepInSight(at);
    show();
    const found = lines.get(at);
    found?.setAttribute("tabindex", "0");
    found?.focus({ preventScroll: true });
  }

  /** @param {number} at */
  function keepInSight(at) {
    const top = at * line;
    if (top < nav.scrollTop) nav.scrollTop = top - line;
    else if (top + line > nav.scrollTop + nav.clientHeight) nav.scrollTop = top + 2 * line - nav.clientHeight;
  }

  /** @param {number} at @param {boolean} [twist] */
  function pick(at, twist = false) {
    const row = rows[at];
    if (!row) return;
    stop = at;
    if (row.node < 0) does.onMore(row);
    else if (twist) does.onToggle(row.node);
    else does.onPick(row.node);
    focus(Math.min(at, rows.length - 1));
  }

  nav.addEventListener("scroll", show, { passive: true });
  new ResizeObserver(show).observe(nav);
  tree.addEventListener("click", (event) => {
    const twist = event.target instanceof Element && event.target.classList.contains("twist");
    pick(placeAt(event.target), twist);
  });
  tree.addEventListener("keydown", (event) => {
    const at = placeAt(event.target);
    const row = rows[at];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    if (move(event.key, at, row)) event.preventDefault();
  });

  /** @param {string} key @param {number} at @param {import("./state.js").Row} row */
  function move(key, at, row) {
    const { node } = row;
    const can = node >= 0 && map.children[node].length > 0;
    if (key === "ArrowDown") focus(Math.min(at + 1, rows.length - 1));
    else if (key === "ArrowUp") focus(Math.max(at - 1, 0));
    else if (key === "Home") focus(0);
    else if (key === "End") focus(rows.length - 1);
    else if (key === "ArrowRight" && can) {
      if (!state.isOpen(node)) keep(node, true);
      else focus(at + 1);
    } else if (key === "ArrowLeft") {
      if (can && state.isOpen(node) && !map.isJoint(node)) keep(node, false);
      else if (row.above >= 0) focus(row.above);
    } else if (key === "Enter" || key === " ") pick(at);
    else return false;
    return true;
  }

  /** @param {number} node @param {boolean} wanted */
  function keep(node, wanted) {
    does.onToggle(node, wanted);
    focus(placeOf.get(node) ?? 0);
  }

  state.onChange((change) => {
    const held = tree.contains(document.activeElement);
    if (change.shape) reread();
    else {
      for (const [at, made] of lines) made.setAttribute("aria-selected", String(rows[at].node === state.selected && state.selected >= 0));
    }
    const at = placeOf.get(state.selected);
    if (at !== undefined && (change.reveal || !held)) {
      for (const [, made] of lines) made.tabIndex = -1;
      stop = at;
      if (change.reveal) keepInSight(at);
      show();
      lines.get(at)?.setAttribute("tabindex", "0");
    }
  });

  return {
    /** It has another size now. */
    show,
    /** Brings a card's line into sight, and the keyboard to it. @param {number} node @param {boolean} focused */
    reveal(node, focused) {
      const at = placeOf.get(node);
      if (at === undefined) return false;
      if (focused) focus(at);
      else keepInSight(at);
      return true;
    },
  };
}

/**
 * How far a level is set in, in rem: deep levels less, so that their words keep their room.
 * @param {number} depth
 */
function indent(depth) {
  return Math.min(depth, 6) * 0.875 + Math.min(Math.max(depth - 6, 0), 24) * 0.125;
}
