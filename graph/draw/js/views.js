// Which view of the map is shown: the map itself, its outline, its flow, its clash. Each is made when first opened.

import {byId, element} from "./dom.js";
import {say} from "./words.js";

/**
 * @typedef {object} View
 * @property {(node: number) => void} open it is shown now; the selected card is to be in sight
 * @property {(node: number, focus: boolean) => boolean} reveal brings a card into sight; whether it has it
 * @property {() => void} [close]
 */

/** @typedef {ReturnType<typeof createViews>} Views */

/**
 * @param {Record<string, View>} views by name, in their order; the first is the one the page opens with
 * @param {import("./state.js").State} state
 * @param {(text: string) => void} tell
 */
export function createViews(views, state, tell) {
  const names = Object.keys(views);
  /** @type {(() => void)[]} */
  const listeners = [];
  let now = names[0];

  const switches = names.map((name) =>
    element("input", { type: "radio", name: "view", value: name, checked: name === now }),
  );
  byId("views").append(
    ...names.map((name, at) => element("label", { class: "choice" }, switches[at], element("span", {}, say(`view_${name}`)))),
  );
  byId("views").addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) show(event.target.value);
  });

  /** @param {string} wanted */
  function show(wanted) {
    const name = names.includes(wanted) ? wanted : names[0];
    for (const each of switches) each.checked = each.value === name;
    if (name === now) return;
    views[now].close?.();
    now = name;
    document.body.dataset.view = name;
    views[name].open(state.selected);
    tell(say("view_shown", { view: say(`view_${name}`) }));
    for (const listener of listeners) listener();
  }

  document.body.dataset.view = now;
  state.onChange((change) => {
    if (change.reveal && state.selected >= 0) views[now].reveal(state.selected, false);
  });

  return {
    get now() {
      return now;
    },
    show,
    /** Brings a card into sight in the view that is shown, and the keyboard to it. @param {number} node */
    reveal(node) {
      if (!views[now].reveal(node, true)) tell(say("view_without", { view: say(`view_${now}`) }));
    },
    /** What the address keeps of it. @type {import("./address.js").Kept} */
    kept: {
      name: "view",
      read: () => (now === names[0] ? "" : now),
      write: show,
      onChange: (listener) => void listeners.push(listener),
    },
  };
}
