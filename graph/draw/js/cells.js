// A card as the flow and the clash show it: small, one button, with what it is in sign and word.

import {bearingWord} from "./cards.js";
import {element} from "./dom.js";
import {say, sayIfKnown} from "./words.js";

const GROUP = ".sheet-box, .exchanges"; // what Tab passes at once

/**
 * @typedef {object} CellMarks
 * @property {boolean} [unanswered]
 * @property {boolean} [again] it stands above; here only its title
 * @property {string[]} [cites]
 * @property {boolean} [side] whether its side is said
 */

/**
 * @param {import("./model.js").ArgMap} map
 * @param {number} node
 * @param {CellMarks} [marks]
 */
export function createCell(map, node, { unanswered = false, again = false, cites = [], side = false } = {}) {
  const kind = map.kind[node];
  const text = (!again && map.text(node)) || map.label[node].trim() || say("untitled");
  const sideWord = side ? sayIfKnown(`side_${map.side(node)}`) : "";
  return element(
    "button",
    { type: "button", class: `cell ${kind}${unanswered ? " unanswered" : ""}${again ? " again" : ""}`, "data-node": node, tabindex: "-1" },
    element(
      "span",
      { class: "head" },
      element("span", { class: "glyph", "aria-hidden": "true" }, say(`glyph_${kind}`)),
      element("span", { class: "kind" }, say(`kind_${kind}`)),
      bearingWord(map, node) && element("span", { class: "how" }, bearingWord(map, node)),
      sideWord && element("span", { class: `side ${map.side(node)}` }, sideWord),
    ),
    element("span", { class: "says", dir: "auto" }, text),
    again && element("span", { class: "note" }, say("flow_again")),
    cites.length > 0 && element("span", { class: "note", dir: "auto" }, cites.join("; ")),
    unanswered && element("span", { class: "note open" }, say("flow_unanswered")),
  );
}

/**
 * The cells of a view as a keyboard and a mouse use them: one stop for Tab, arrows from there.
 * @param {HTMLElement} section
 * @param {(node: number) => void} onPick
 */
export function listenToCells(section, onPick) {
  /** @param {EventTarget | null} target */
  const cellAt = (target) =>
    target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("button.cell")) : null;

  section.addEventListener("click", (event) => {
    const cell = cellAt(event.target);
    if (!cell) return;
    onPick(Number(cell.dataset.node));
    setStop(cell);
    cell.scrollIntoView({ block: "nearest", inline: "nearest" }); // the details may have come over it
  });
  section.addEventListener("keydown", (event) => {
    const cell = cellAt(event.target);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const next = nearest(section, cell, event.key);
    if (next) focusCell(next);
  });
}

/**
 * Marks the selected card's cells, and makes sure that Tab reaches one cell of each table or list.
 * @param {HTMLElement} section
 * @param {number} node -1 for none
 */
export function markCells(section, node) {
  for (const old of section.querySelectorAll(".cell[aria-current]")) old.removeAttribute("aria-current");
  for (const group of section.querySelectorAll(GROUP)) {
    const own = /** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll(`.cell[data-node="${node}"]`));
    for (const cell of own) cell.setAttribute("aria-current", "true");
    const stop = [...own, group.querySelector(".cell[tabindex='0']")].find((cell) => cell && !cell.classList.contains("unsaid"))
      ?? group.querySelector(".cell:not(.unsaid)");
    if (stop instanceof HTMLElement) setStop(stop);
  }
}

/**
 * Hides the cells of what the map leaves out now.
 * @param {import("./model.js").ArgMap} map
 * @param {HTMLElement} section
 */
export function limitCells(map, section) {
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll(".cell"))) {
    cell.classList.toggle("unsaid", !map.isShown(Number(cell.dataset.node)));
  }
}

/** @param {HTMLElement} cell */
function setStop(cell) {
  for (const old of cell.closest(GROUP)?.querySelectorAll(".cell[tabindex='0']") ?? []) old.setAttribute("tabindex", "-1");
  cell.tabIndex = 0;
}

/** @param {HTMLElement} cell */
export function focusCell(cell) {
  setStop(cell);
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/**
 * The cell that an arrow key leads to: the one next in that direction, straight before aslant.
 * @param {HTMLElement} section
 * @param {HTMLElement} cell
 * @param {string} key
 */
function nearest(section, cell, key) {
  const from = cell.getBoundingClientRect();
  const down = key === "ArrowUp" || key === "ArrowDown";
  const sign = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  /** @type {HTMLElement | null} */
  let best = null;
  let least = Infinity;
  for (const other of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll(".cell"))) {
    const to = other.getBoundingClientRect();
    if (other === cell || !to.width || other.classList.contains("unsaid")) continue;
    const along = sign * (down ? to.top - from.top : to.left - from.left);
    const aside = Math.abs(down ? to.left - from.left : to.top - from.top);
    if (along < 4 || along + 4 * aside >= least) continue;
    least = along + 4 * aside;
    best = other;
  }
  return best;
}
