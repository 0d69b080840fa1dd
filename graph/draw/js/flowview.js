// The flow: a table a position, a column a speech, an answer beside what it answers. Tables are made when opened.

import {createCell, focusCell, limitCells, listenToCells, markCells} from "./cells.js";
import {element} from "./dom.js";
import {say} from "./words.js";

const UNANSWERED = 1; // what a cell's mark adds up, as graph/draw/views.py writes it
const AGAIN = 2;
const CITED = 4;
const ROWS = 120; // of one position, made at a time
const OPEN = 300; // cells that are open at first, over all positions
const POSITIONS = 100; // made at a time

/** @typedef {{row: number, column: number, node: number, mark: number, cites: number[]}} Cell */
/** @typedef {{root: number, cells: Cell[], rows: number, columns: number, unanswered: number, made: number, parts: {button: HTMLElement, table: HTMLElement} | null}} Sheet */

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {HTMLElement} section
 * @param {(node: number) => void} onPick
 * @returns {import("./views.js").View & {makeAll: () => void}}
 */
export function createFlow(map, state, section, onPick) {
  /** @type {Sheet[]} */
  let sheets = [];
  let made = false;
  let built = 0; // positions that stand on the page
  const list = element("div");
  const more = element("button", { type: "button", class: "quiet more" });

  function make() {
    if (made) return;
    made = true;
    sheets = map.flow.sheets.map((numbers) => readSheet(numbers));
    const unanswered = sheets.reduce((sum, sheet) => sum + sheet.unanswered, 0);
    section.append(
      element("h2", {}, say("view_flow")),
      element("p", { class: "lead" }, say(sheets.length ? "flow_lead" : "flow_none", { positions: sheets.length.toLocaleString("en"), open: unanswered.toLocaleString("en") })),
      list,
      more,
    );
    if (map.flow.left_out) section.append(element("p", { class: "lead" }, say("flow_left_out")));
    more.addEventListener("click", () => {
      const first = built;
      buildUpTo(built + POSITIONS);
      sheets[first]?.parts?.button.focus();
    });
    buildUpTo(POSITIONS);
    let room = OPEN;
    for (const sheet of sheets.slice(0, built)) {
      if (room === OPEN || room >= sheet.cells.length) open(sheet, true);
      room -= sheet.cells.length;
    }
    listenToCells(section, onPick);
    markCells(section, state.selected);
  }

  /** @param {number[]} numbers @returns {Sheet} */
  function readSheet(numbers) {
    /** @type {Cell[]} */
    const cells = [];
    let row = 0;
    for (let at = 0; at < numbers.length; ) {
      const [down, column, node, mark] = numbers.slice(at, at + 4);
      row += down;
      at += 4;
      const count = mark & CITED ? numbers[at] : 0;
      if (mark & CITED) at += 1;
      cells.push({ row, column, node, mark, cites: numbers.slice(at, at + count) });
      at += count;
    }
    return {
      root: cells[0].node,
      cells,
      rows: row + 1,
      columns: cells.reduce((most, cell) => Math.max(most, cell.column + 1), map.flow.columns.length),
      unanswered: cells.filter(({ mark }) => mark & UNANSWERED).length,
      made: 0,
      parts: null,
    };
  }

  /** Puts the positions up to `to` on the page, closed. @param {number} to */
  function buildUpTo(to) {
    const end = Math.min(sheets.length, Math.ceil(to / POSITIONS) * POSITIONS);
    for (; built < end; built++) {
      const { button, table } = partsOf(sheets[built]);
      list.append(element("h3", { class: "position" }, button), table);
    }
    more.hidden = built === sheets.length;
    more.textContent = say("more", { count: (sheets.length - built).toLocaleString("en") });
  }

  /** The heading and the box of a position. @param {Sheet} sheet */
  function partsOf(sheet) {
    if (sheet.parts) return sheet.parts;
    const counts = { count: sheet.cells.length.toLocaleString("en"), open: sheet.unanswered.toLocaleString("en") };
    const button = element(
      "button",
      { type: "button", "aria-expanded": "false" },
      element("span", { class: "twist", "aria-hidden": "true" }),
      element("span", { class: "name", dir: "auto" }, map.label[sheet.root]),
      element("span", { class: "count" }, say(sheet.unanswered ? "flow_position" : "flow_position_met", counts)),
    );
    button.addEventListener("click", () => open(sheet, button.getAttribute("aria-expanded") !== "true"));
    sheet.parts = { button, table: element("div", { class: "sheet-box", hidden: true }) };
    return sheet.parts;
  }

  /** @param {Sheet} sheet @param {boolean} wanted */
  function open(sheet, wanted) {
    const { button, table } = partsOf(sheet);
    button.setAttribute("aria-expanded", String(wanted));
    table.hidden = !wanted;
    if (wanted && !sheet.made) {
      makeRows(sheet, ROWS);
      markCells(section, state.selected);
    }
  }

  /** Makes the rows of a sheet up to `to`. @param {Sheet} sheet @param {number} to */
  function makeRows(sheet, to) {
    const end = Math.min(sheet.rows, Math.ceil(to / ROWS) * ROWS);
    const { table } = partsOf(sheet);
    if (!sheet.made) {
      const names = Array.from({ length: sheet.columns }, (_, place) => map.flow.columns[place] ?? [say("flow_later"), ""]);
      table.append(
        element(
          "table",
          {},
          element("caption", { class: "unseen" }, say("flow_caption", { title: map.label[sheet.root] })),
          element("thead", {}, element("tr", {}, ...names.map(([name, side]) => element("th", { scope: "col", class: side }, name)))),
          element("tbody"),
        ),
      );
    }
    const body = table.querySelector("tbody");
    const cells = sheet.cells.filter(({ row }) => row >= sheet.made && row < end);
    for (let row = sheet.made, at = 0; row < end; row++) {
      /** @type {HTMLElement[]} */
      const line = Array.from({ length: sheet.columns }, () => element("td"));
      for (; cells[at]?.row === row; at++) line[cells[at].column].append(cellOf(cells[at]));
      body?.append(element("tr", {}, ...line));
    }
    sheet.made = end;
    limitCells(map, table);
    table.querySelector(":scope > .more")?.remove();
    if (end < sheet.rows) {
      const rest = element("button", { type: "button", class: "quiet more" }, say("flow_more", { count: (sheet.rows - end).toLocaleString("en") }));
      rest.addEventListener("click", () => {
        const first = sheet.made;
        makeRows(sheet, sheet.made + ROWS);
        const next = body?.children[first]?.querySelector(".cell");
        if (next instanceof HTMLElement) focusCell(next);
      });
      table.append(rest);
    }
  }

  /** @param {Cell} cell */
  function cellOf({ node, mark, cites }) {
    return createCell(map, node, {
      unanswered: (mark & UNANSWERED) > 0,
      again: (mark & AGAIN) > 0,
      cites: cites.map((place) => map.flow.cites[place]),
    });
  }

  state.onChange((change) => {
    if (!made || section.hidden) return;
    if (change.map) limitCells(map, section);
    markCells(section, state.selected);
  });

  /** @param {number} node @param {boolean} focus */
  function reveal(node, focus) {
    for (const [place, sheet] of sheets.entries()) {
      const cell = sheet.cells.find((each) => each.node === node && !(each.mark & AGAIN));
      if (!cell) continue;
      if (place >= built) buildUpTo(place + 1);
      open(sheet, true);
      if (cell.row >= sheet.made) makeRows(sheet, cell.row + 1);
      markCells(section, node);
      const found = /** @type {HTMLElement | null} */ (partsOf(sheet).table.querySelector(`.cell[data-node="${node}"]:not(.again)`));
      if (focus && found) focusCell(found);
      else found?.scrollIntoView({ block: "nearest", inline: "nearest" });
      return true;
    }
    return false;
  }

  return {
    open(node) {
      section.hidden = false;
      make();
      limitCells(map, section);
      markCells(section, node);
      if (node >= 0) reveal(node, false);
    },
    close() {
      section.hidden = true;
    },
    reveal,
    /** Opens every sheet with all its rows, for paper. */
    makeAll() {
      make();
      buildUpTo(sheets.length);
      for (const sheet of sheets) {
        open(sheet, true);
        makeRows(sheet, sheet.rows);
      }
    },
  };
}
