// One card of the map.

import {element, setAttribute} from "./dom.js";
import {badgeOf} from "./judging.js";
import {ownTitle} from "./model.js";
import {say, sayIfKnown} from "./words.js";

/** How a kind bears on what is above when nothing is said: then the card does not say it either. */
const USUAL = new Map([
  ["claim", "supports"],
  ["evidence", "supports"],
  ["rebuttal", "rebuts"],
  ["step", "supports"],
]);

/**
 * The card of a node, without its place.
 * @param {import("./model.js").ArgMap} map
 * @param {number} node
 * @param {{role?: string}} [options]
 * @returns {HTMLElement}
 */
export function createCard(map, node, { role = "treeitem" } = {}) {
  const kind = map.kind[node];
  const title = ownTitle(map, node);
  const text = map.text(node) || (title ? "" : map.label[node].trim() || say("untitled"));
  const badges = map.badges(node);
  const struck = badges.some(({ name }) => name === "struck");
  return element(
    "div",
    { class: `card ${kind}${struck ? " struck" : ""}${map.isContext(node) ? " context" : ""}`, role, tabindex: "-1", "data-node": node },
    element(
      "div",
      { class: "head" },
      element("span", { class: "glyph", "aria-hidden": "true" }, say(`glyph_${kind}`)),
      element("span", { class: "kind" }, say(`kind_${kind}`)),
      bearingWord(map, node) && element("span", { class: "how" }, bearingWord(map, node)),
      sayIfKnown(`side_${map.side(node)}`) &&
        kind !== "motion" &&
        element("span", { class: `side ${map.side(node)}` }, say(`side_${map.side(node)}`)),
    ),
    title && element("div", { class: "title", dir: "auto" }, title),
    text && element("div", { class: "text", dir: "auto" }, text),
    badges.length > 0 &&
      element(
        "div",
        { class: "badges" },
        ...badges.map(badgeOf),
        role === "treeitem" &&
          element("button", { type: "button", class: "quiet strike", tabindex: "-1", title: say("strike_hint") }, say(struck ? "restore" : "strike")),
      ),
    map.children[node].length > 0 &&
      !map.isJoint(node) &&
      element("div", { class: "below" }, element("span", { class: "twist", "aria-hidden": "true" }), belowWord(map, node)),
  );
}

/**
 * The point where linked premises meet.
 * @param {import("./model.js").ArgMap} map
 * @param {number} node
 */
export function createJoint(map, node) {
  const name = `${say("kind_step")}: ${map.label[node]}`;
  return element(
    "div",
    { class: "joint", role: "treeitem", tabindex: "-1", "data-node": node, "aria-label": name, title: map.label[node] },
    element("span", { "aria-hidden": "true" }, say("glyph_step")),
  );
}

/**
 * The card that stands for children which are not shown yet.
 * @param {number} rest
 */
export function createMore(rest) {
  return element(
    "div",
    { class: "card rest", role: "treeitem", tabindex: "-1" },
    say("more", { count: rest.toLocaleString("en") }),
  );
}

/**
 * Says on a card what changes: open, selected, its place in the tree.
 * @param {HTMLElement} card
 * @param {{open: boolean | null, selected: boolean, level: number}} is open: null where nothing can be opened
 */
export function updateCard(card, is) {
  setAttribute(card, "aria-expanded", is.open === null ? null : String(is.open));
  setAttribute(card, "aria-selected", String(is.selected));
  setAttribute(card, "aria-level", is.level);
  card.classList.toggle("closed", is.open === false);
}

/**
 * @param {import("./model.js").ArgMap} map
 * @param {number} node
 */
export function bearingWord(map, node) {
  const bearing = map.bearing[node];
  if (bearing === "root" || USUAL.get(map.kind[node]) === bearing) return "";
  return sayIfKnown(`bearing_${bearing}`);
}

/**
 * @param {import("./model.js").ArgMap} map
 * @param {number} node
 */
export function belowWord(map, node) {
  const count = map.below[node].toLocaleString("en");
  const attacks = map.against[node];
  if (attacks === 1) return say("below_attack", { count });
  return attacks ? say("below_attacks", { count, attacks: attacks.toLocaleString("en") }) : say("below", { count });
}
