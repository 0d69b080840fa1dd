// The flow: a table a position, a column a speech, an answer beside what it answers. Tables are made when opened.

import {createCell, focusCell, limitCells, listenToCells, markCells} from "./cells.js";
import {element} from "./dom.js";
import {say} from "./words.js";

const UNANSWERED = 1; // what a cell's mark adds up, as graph/draw/views.py writes it
const AGAIN = 2;
const CITED = 4;
const ROWS = 120; // of one position, made at a time
const OPEN = 300; // cells that are open at first, over all positions

/** @typedef {{row: number, column: number, node: number, mark: number, cites: number[]}} Cell */
/** @typedef {{root: number, cells: Cell[], rows: number, columns: number, button: HTMLElement, table: HTMLElement, made: number}} Sheet */

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

  function make() {
    if (made) return;
    made = true;
    sheets = map.flow.sheets.map((numbers) => readSheet(numbers));
    const answered = sheets.reduce((sum, { cells }) => sum + cells.filter(({ mark }) => mark & UNANSWERED).length, 0);
    section.append(
      element("h2", {}, say("view_flow")),
      element("p", { class: "lead" }, say(sheets.length ? "flow_lead" : "flow_none", { positions: sheets.length, open: answered })),
      ...sheets.flatMap((sheet) => [element("h3", { class: "position" }, sheet.button), sheet.table]),
    );
    if (map.flow.left_out) section.append(element("p", { class: "lead" }, say("flow_left_out")));
    let room = OPEN;
    for (const sheet of sheets) {
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
    const root = cells[0].node;
    const unanswered = cells.filter(({ mark }) => mark & UNANSWERED).length;
    const button = element(
      "button",
      { type: "button", "aria-expanded": "false" },
      element("span", { class: "twist", "aria-hidden": "true" }),
      element("span", { class: "name", dir: "auto" }, map.label[root]),
      element("span", { class: "count" }, say(unanswered ? "flow_position" : "flow_position_met", { count: cells.length.toLocaleString("en"), open: unanswered.toLocaleString("en") })),
    );
    const table = element("div", { class: "sheet-box", hidden: true });
    const columns = cells.reduce((most, cell) => Math.max(most, cell.column + 1), map.flow.columns.length);
    const sheet = { root, cells, rows: row + 1, columns, button, table, made: 0 };
    button.addEventListener("click", () => open(sheet, button.getAttribute("aria-expanded") !== "true"));
    return sheet;
  }

  /** @param {Sheet} sheet @param {boolean} wanted */
  function open(sheet, wanted) {
    sheet.button.setAttribute("aria-expanded", String(wanted));
    sheet.table.hidden = !wanted;
    if (wanted && !sheet.made) {
      makeRows(sheet, ROWS);
      markCells(section, state.selected);
    }
  }

  /** Makes the rows of a sheet up to `to`. @param {Sheet} sheet @param {number} to */
  function makeRows(sheet, to) {
    const end = Math.min(sheet.rows, Math.ceil(to / ROWS) * ROWS);
    if (!sheet.made) {
      const names = Array.from({ length: sheet.columns }, (_, place) => map.flow.columns[place] ?? [say("flow_later"), ""]);
      sheet.table.append(
        element(
          "table",
          {},
          element("caption", { class: "unseen" }, say("flow_caption", { title: map.label[sheet.root] })),
          element("thead", {}, element("tr", {}, ...names.map(([name, side]) => element("th", { scope: "col", class: side }, name)))),
          element("tbody"),
        ),
      );
    }
    const body = sheet.table.querySelector("tbody");
    const cells = sheet.cells.filter(({ row }) => row >= sheet.made && row < end);
    for (let row = sheet.made, at = 0; row < end; row++) {
      /** @type {HTMLElement[]} */
      const line = Array.from({ length: sheet.columns }, () => element("td"));
      for (; cells[at]?.row === row; at++) line[cells[at].column].append(cellOf(cells[at]));
      body?.append(element("tr", {}, ...line));
    }
    sheet.made = end;
    limitCells(map, sheet.table);
    sheet.table.querySelector(":scope > .more")?.remove();
    if (end < sheet.rows) {
      const more = element("button", { type: "button", class: "quiet more" }, say("flow_more", { count: (sheet.rows - end).toLocaleString("en") }));
      more.addEventListener("click", () => {
        const first = sheet.made;
        makeRows(sheet, sheet.made + ROWS);
        const next = body?.children[first]?.querySelector(".cell");
        if (next instanceof HTMLElement) focusCell(next);
      });
      sheet.table.append(more);
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
    for (const sheet of sheets) {
      const cell = sheet.cells.find((each) => each.node === node && !(each.mark & AGAIN));
      if (!cell) continue;
      open(sheet, true);
      if (cell.row >= sheet.made) makeRows(sheet, cell.row + 1);
      markCells(section, node);
      const found = /** @type {HTMLElement | null} */ (sheet.table.querySelector(`.cell[data-node="${node}"]:not(.again)`));
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
      for (const sheet of sheets) {
        open(sheet, true);
        makeRows(sheet, sheet.rows);
      }
    },
  };
}
