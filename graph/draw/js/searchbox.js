// The search box: hits as you type, their number, the next and the one before.

import {byId} from "./dom.js";
import {createSearch} from "./search.js";
import {say} from "./words.js";

/**
 * @param {import("./model.js").ArgMap} map
 * @param {{onHit: (node: number) => void, onHits: (nodes: number[]) => void, tell: (text: string) => void}} does
 */
export function createSearchBox(map, does) {
  const find = createSearch(map);
  const input = /** @type {HTMLInputElement} */ (byId("search"));
  const output = byId("hits");
  /** @type {number[]} */
  let hits = [];
  let at = -1;

  function show() {
    const sought = input.value.trim() !== "";
    output.textContent = !sought ? "" : hits.length ? say("hits", { at: at + 1, count: hits.length }) : say("no_hits");
    for (const id of ["next-hit", "previous-hit"]) byId(id).toggleAttribute("disabled", !hits.length);
    document.body.classList.toggle("searching", sought);
  }

  /** @param {number} step */
  function go(step) {
    if (!hits.length) return;
    at = (at + step + hits.length) % hits.length;
    does.onHit(hits[at]);
    show();
    does.tell(say("found", { at: at + 1, count: hits.length, title: map.label[hits[at]] }));
  }

  input.addEventListener("input", () => {
    hits = find(input.value);
    at = -1;
    does.onHits(hits);
    if (hits.length) go(1);
    else if (input.value.trim()) does.tell(say("found_none", { text: input.value }));
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && input.value) {
      event.preventDefault();
      event.stopPropagation();
      input.value = "";
      input.dispatchEvent(new Event("input"));
    }
  });
  byId("next-hit").addEventListener("click", () => go(1));
  byId("previous-hit").addEventListener("click", () => go(-1));
  input.form?.addEventListener("submit", (event) => event.preventDefault());
  show();
  return {
    focus() {
      input.focus();
      input.select();
    },
  };
}
