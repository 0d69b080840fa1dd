// The bar over the map when only a part of it is shown: the way back up.

import {element} from "./dom.js";
import {ancestors} from "./model.js";
import {say} from "./words.js";

const MOST = 6; // steps of the way that have room

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {HTMLElement} bar
 */
export function createCrumbs(map, state, bar) {
  let shown = -1;

  function show() {
    bar.hidden = state.top < 0;
    if (state.top === shown) return;
    shown = state.top;
    if (shown < 0) return;
    const above = ancestors(map, shown).filter((node) => !map.isJoint(node));
    const way = above.slice(-MOST);
    bar.replaceChildren(
      element(
        "ol",
        {},
        element("li", {}, step(say("whole_map"), -1)),
        above.length > way.length && element("li", {}, "…"),
        ...way.map((node) => element("li", {}, step(map.label[node], node))),
        element("li", { "aria-current": "page", dir: "auto" }, map.label[shown]),
      ),
    );
  }

  /** @param {string} text @param {number} node */
  function step(text, node) {
    const button = element("button", { type: "button", dir: "auto" }, text);
    button.addEventListener("click", () => state.focus(node));
    return button;
  }

  state.onChange(show);
}
