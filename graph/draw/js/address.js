// The page's address: the selected card, and what parts of the page keep there, so that links, back and forward work.

import {encodeAddress} from "./panel.js";

/**
 * What a part of the page keeps in the address, as `&name=value` after the selected card's id.
 * @typedef {object} Kept
 * @property {string} name
 * @property {() => string} read "" where there is nothing to keep
 * @property {(value: string) => void} write called with "" where the address says nothing
 * @property {(listener: () => void) => void} onChange
 * @property {boolean} [passing] whether its changes are no steps to go back to
 */

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {Kept[]} [parts]
 */
export function followAddress(map, state, parts = []) {
  let reading = false;

  function read() {
    let id = "";
    /** @type {Map<string, string>} */
    const values = new Map();
    try {
      const [first, ...rest] = location.hash.slice(1).split("&");
      id = decodeURIComponent(first);
      for (const pair of rest) {
        const [name, value = ""] = pair.split("=");
        values.set(name, decodeURIComponent(value));
      }
    } catch {
      return; // not an address of ours
    }
    reading = true;
    for (const part of parts) part.write(values.get(part.name) ?? "");
    const node = id ? map.at(id) : -1;
    if (node !== undefined && node !== state.selected) state.select(node, { reveal: true });
    reading = false;
  }

  /** @param {boolean} [passing] */
  function write(passing = false) {
    if (reading) return;
    const wanted = addressOf(map, state.selected, parts);
    if (wanted === location.hash) return;
    const address = wanted || location.pathname + location.search;
    if (passing) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  }

  state.onChange((change) => write(change.map));
  for (const part of parts) part.onChange(() => write(part.passing));
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", read);
  read();
}

/**
 * The end of an address, from its # on; "" for the map as it opens.
 * @param {import("./model.js").ArgMap} map
 * @param {number} node -1 for none
 * @param {Kept[]} [parts]
 */
export function addressOf(map, node, parts = []) {
  const kept = parts.filter((part) => part.read()).map((part) => `&${part.name}=${encodeURIComponent(part.read())}`);
  const end = (node < 0 ? "" : encodeAddress(map.address(node))) + kept.join("");
  return end && `#${end}`;
}
