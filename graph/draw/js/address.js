// The selected card in the page's address, so that a link leads to it and back and forward work.

import {encodeAddress} from "./panel.js";

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 */
export function followAddress(map, state) {
  function read() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return; // not an address of ours
    }
    const node = id ? map.at(id) : -1;
    if (node !== undefined && node !== state.selected) state.select(node, { reveal: true });
  }

  state.onChange(() => {
    const wanted = state.selected < 0 ? "" : `#${encodeAddress(map.address(state.selected))}`;
    if (wanted !== location.hash) history.pushState(null, "", wanted || location.pathname + location.search);
  });
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", read);
  read();
}
