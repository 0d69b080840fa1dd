// Paper: the map as a poster over several pages, or what a view shows as pages to read.

import {bearingWord} from "./cards.js";
import {drawing, element} from "./dom.js";
import {ownTitle} from "./model.js";
import {pictureOf} from "./picture.js";
import {say, sayIfKnown} from "./words.js";

/** @typedef {typeof PAPERS[number]} Paper */

export const PAPERS = /** @type {const} */ (["poster", "outline", "flow", "clash"]);
const PAGE = { width: 976, height: 666 }; // CSS pixels of a landscape page, of A4 and of Letter, without margins and foot
const SCALE = 0.9; // of a poster: three columns to a page
const [WIDE, HIGH] = [PAGE.width / SCALE, PAGE.height / SCALE];
const MOST = 5000; // items of a printed outline

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {HTMLElement} paper what is printed is put here
 * @param {{layer: HTMLElement, now: () => string, makeAll: (view: string) => void, showMap: () => void}} page
 */
export function createPrinting(map, state, paper, page) {
  /** @type {{paper: Paper, everything: boolean} | null} */
  let wanted = null;

  function prepare() {
    const view = page.now();
    const chosen = wanted ?? { paper: view === "map" ? "poster" : /** @type {Paper} */ (view), everything: false };
    const root = document.documentElement;
    root.dataset.paper = chosen.paper; // also takes away the dark colours
    if (chosen.paper === "poster") {
      page.showMap();
      const draw = () => posterPages(pictureOf(page.layer));
      paper.replaceChildren(heading(), ...(chosen.everything ? state.withEverything(draw) : draw()));
    } else if (chosen.paper === "outline") {
      const nodes = chosen.everything ? everyNode() : state.rows().flatMap(({ node }) => (node >= 0 ? [node] : []));
      paper.replaceChildren(heading(), ...nodes.slice(0, MOST).map(lineOf));
      if (nodes.length > MOST) paper.append(element("p", {}, say("more_of", { count: (nodes.length - MOST).toLocaleString("en") })));
    } else {
      paper.replaceChildren(heading());
      page.makeAll(chosen.paper);
    }
  }

  function clear() {
    wanted = null;
    delete document.documentElement.dataset.paper;
    paper.replaceChildren();
  }

  const heading = () => element("h1", { dir: "auto" }, map.title);

  /** The nodes of the part that is shown, in reading order. */
  function everyNode() {
    const found = [];
    const waiting = (state.top < 0 ? [...map.roots] : [state.top]).reverse();
    for (let node = waiting.pop(); node !== undefined && found.length <= MOST; node = waiting.pop()) {
      found.push(node);
      waiting.push(...[...map.children[node]].reverse());
    }
    return found;
  }

  /** @param {number} node */
  function lineOf(node) {
    const kind = map.kind[node];
    const title = ownTitle(map, node) || (map.text(node) ? "" : map.label[node]);
    const details = map.details(node);
    const level = map.depth[node] - (state.top < 0 ? 0 : map.depth[state.top]);
    const words = [say(`kind_${kind}`), bearingWord(map, node), kind === "motion" ? "" : sayIfKnown(`side_${map.side(node)}`)];
    const cites = details.cite ?? (details.cites ?? []).map(([place, locator]) => {
      const { author, title: of, date } = map.sources[place];
      return [(author ?? []).join(", ") || of, date, locator].filter(Boolean).join(", ");
    }).join("; ");
    const line = element(
      "div",
      { class: `paper-line ${kind}` },
      element("span", { class: "glyph" }, say(`glyph_${kind}`)),
      element(
        "div",
        { dir: "auto" },
        element("span", { class: "how" }, words.filter(Boolean).join(", ")),
        " ",
        title && element("b", {}, title),
        title && map.text(node) && " ",
        map.text(node),
        cites && element("span", { class: "how" }, ` (${cites})`),
      ),
    );
    line.style.marginInlineStart = `${Math.min(level, 12) * 14}px`;
    return line;
  }

  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", clear);

  return {
    /** @param {Paper} chosen @param {boolean} everything */
    print(chosen, everything) {
      wanted = { paper: chosen, everything };
      window.print();
    },
  };
}

/**
 * A picture cut into pages between its cards: each card is whole on a page; links run on over the edges.
 * @param {import("./picture.js").Picture} picture
 * @returns {HTMLElement[]}
 */
export function posterPages({ pieces, links, width, height, fonts }) {
  const across = cuts(pieces.map(({ x, width: wide }) => [x, x + wide]), width, WIDE);
  const down = cuts(pieces.map(({ y, height: high }) => [y, y + high]), height, HIGH);
  /** @type {HTMLElement[]} */
  const pages = [];
  /** @type {Set<import("./picture.js").Piece>} */
  const placed = new Set();
  down.forEach(([top, bottom], row) =>
    across.forEach(([left, right], column) => {
      const whole = pieces.filter((piece) => piece.x >= left - 1 && piece.y >= top - 1 && piece.y + piece.height <= bottom + 1
        && (piece.x + piece.width <= right + 1 || piece.x >= left && piece.width > WIDE));
      const fresh = whole.filter((piece) => !placed.has(piece));
      if (!fresh.length) return;
      for (const piece of whole) placed.add(piece);
      const svg = drawing(
        "svg",
        { width: PAGE.width, height: PAGE.height, viewBox: `${left} ${top} ${WIDE} ${HIGH}`, "font-family": fonts },
        links.cloneNode(true),
        ...whole.map(({ shapes }) => shapes.cloneNode(true)),
      );
      const name = down.length * across.length > 1 ? say("paper_place", { row: row + 1, column: column + 1 }) : "";
      pages.push(element("section", { class: "paper-page" }, svg, element("p", { class: "paper-place" }, name)));
    }),
  );
  return pages;
}

/**
 * Where to cut a length: each stretch at most `most` long, and beginning where something begins that the one before cut.
 * @param {number[][]} spans from and to of what should stay whole
 * @param {number} length
 * @param {number} most
 */
function cuts(spans, length, most) {
  /** @type {[number, number][]} */
  const found = [];
  let from = 0;
  while (from < length) {
    const to = from + most;
    found.push([from, to]);
    if (to >= length) break;
    const begun = spans.filter(([start, end]) => start > from && start < to && end > to).map(([start]) => start);
    const next = spans.filter(([start]) => start >= to).map(([start]) => start);
    from = Math.min(begun.length ? Math.min(...begun) : to, next.length ? Math.max(to, Math.min(...next)) : Infinity);
    if (!Number.isFinite(from)) break;
  }
  return found;
}
