// The clash: two columns, for and against; every contested claim with what answers it, the most contested first.

import {createCell, focusCell, limitCells, listenToCells, markCells} from "./cells.js";
import {element} from "./dom.js";
import {say} from "./words.js";

const PAGE = 40; // exchanges made at a time

/** @typedef {{node: number, depth: number, own: number, against: number, answers: number[]}} Exchange */

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {HTMLElement} section
 * @param {(node: number) => void} onPick
 * @returns {import("./views.js").View & {makeAll: () => void}}
 */
export function createClash(map, state, section, onPick) {
  /** @type {Exchange[]} */
  let exchanges = [];
  let made = -1; // exchanges made; -1 before the first time
  const list = element("ol", { class: "exchanges" });
  const more = element("button", { type: "button", class: "quiet more" });
  const past = element("div", { class: "past" });

  function make() {
    if (made >= 0) return;
    made = 0;
    exchanges = readExchanges(map.clash.contested);
    section.append(
      element("h2", {}, say("view_clash")),
      element("p", { class: "lead" }, say(exchanges.length ? "clash_lead" : "clash_none", { count: exchanges.length.toLocaleString("en") })),
      element("div", { class: "sides", "aria-hidden": "true" }, element("span", { class: "pro" }, say("clash_pro")), element("span", { class: "con" }, say("clash_con"))),
      list,
      more,
      past,
    );
    more.addEventListener("click", () => {
      const first = made;
      makeUpTo(made + PAGE);
      const next = list.children[first]?.querySelector(".cell");
      if (next instanceof HTMLElement) focusCell(next);
    });
    makeUpTo(PAGE);
    makePast(PAGE);
    listenToCells(section, onPick);
    markCells(section, state.selected);
  }

  /** @param {number} to */
  function makeUpTo(to) {
    const end = Math.min(exchanges.length, Math.ceil(to / PAGE) * PAGE);
    for (; made < end; made++) list.append(exchangeOf(exchanges[made]));
    limit();
    more.hidden = made === exchanges.length;
    more.textContent = say("more", { count: (exchanges.length - made).toLocaleString("en") });
  }

  /** What nobody meets. @param {number} most */
  function makePast(most) {
    const { unmet } = map.clash;
    if (!unmet.length) return;
    const parts = [
      element("h3", {}, say("clash_unmet", { count: unmet.length.toLocaleString("en") })),
      element("p", { class: "lead" }, say("clash_unmet_lead")),
      element(
        "ul",
        { class: "exchanges" },
        ...unmet.slice(0, most).map((node) =>
          element("li", { class: `exchange ${columnOf(node)}` }, element("div", { class: "claimed" }, createCell(map, node, { unanswered: true, side: true }))),
        ),
      ),
    ];
    if (unmet.length > most) parts.push(element("p", { class: "lead" }, say("more_of", { count: (unmet.length - most).toLocaleString("en") })));
    past.replaceChildren(...parts);
  }

  /** @param {number} node */
  const columnOf = (node) => (map.side(node) === "con" ? "con" : "pro");

  /** @param {Exchange} exchange */
  function exchangeOf({ node, depth, own, against, answers }) {
    const counts = [
      say(answers.length === 1 ? "clash_answer" : "clash_answers", { count: answers.length }),
      depth > 1 && say("clash_depth", { count: depth }),
      own + against > 0 && say("clash_cards", { own, against }),
    ];
    return element(
      "li",
      { class: `exchange ${columnOf(node)}` },
      element("p", { class: "count" }, counts.filter(Boolean).join(" · ")),
      element("div", { class: "claimed" }, createCell(map, node, { side: true })),
      element("ul", { class: "answers", "aria-label": say("clash_answered_by", { title: map.label[node] }) },
        ...answers.map((answer) => element("li", {}, createCell(map, answer, { side: true })))),
    );
  }

  state.onChange((change) => {
    if (made < 0 || section.hidden) return;
    if (change.map) limit();
    markCells(section, state.selected);
  });

  /** Leaves out what the map leaves out now, and what then is not contested. */
  function limit() {
    limitCells(map, section);
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(":scope > li"))) {
      item.hidden = !item.querySelector(".claimed .cell:not(.unsaid)") || !item.querySelector(".answers .cell:not(.unsaid)");
    }
  }

  /** @param {number} node @param {boolean} focus */
  function reveal(node, focus) {
    let at = exchanges.findIndex((each) => each.node === node);
    if (at < 0) at = exchanges.findIndex((each) => each.answers.includes(node));
    const past = map.clash.unmet.indexOf(node);
    if (at >= made) makeUpTo(at + 1);
    else if (at < 0 && past >= PAGE) makePast(past + 1);
    const found = /** @type {HTMLElement | null} */ (section.querySelector(`.cell[data-node="${node}"]`));
    if (!found) return false;
    markCells(section, node);
    if (focus) focusCell(found);
    else found.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  return {
    open(node) {
      section.hidden = false;
      make();
      limit();
      markCells(section, node);
      if (node >= 0) reveal(node, false);
    },
    close() {
      section.hidden = true;
    },
    reveal,
    /** Makes every exchange, for paper. */
    makeAll() {
      make();
      makeUpTo(exchanges.length);
      makePast(map.clash.unmet.length);
    },
  };
}

/** @param {number[]} numbers as graph/draw/views.py writes them */
function readExchanges(numbers) {
  /** @type {Exchange[]} */
  const found = [];
  for (let at = 0; at < numbers.length; ) {
    const [node, depth, own, against, count] = numbers.slice(at, at + 5);
    found.push({ node, depth, own, against, answers: numbers.slice(at + 5, at + 5 + count) });
    at += 5 + count;
  }
  return found;
}
