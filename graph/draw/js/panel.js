// The details of the selected card: what it says in full, where it is from, who says so, what it bears on.

import {bearingWord} from "./cards.js";
import {element} from "./dom.js";
import {additions, citation, evidenceParts} from "./evidence.js";
import {ancestors, isAgainst, ownTitle} from "./model.js";
import {say, sayIfKnown} from "./words.js";

const FACTS = ["kind", "team", "speech", "tags", "granted", "turn", "strength", "scheme", "rules"];

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {HTMLElement} panel
 * @param {{onGo: (node: number) => void, onClose: () => void, onCopy: (node: number, what: "link" | "text" | "argdown") => void,
 *   onOnly: (node: number) => void, about: (node: number) => Node[]}} does
 */
export function createPanel(map, state, panel, does) {
  let shown = -1;

  /** @param {import("./state.js").Change} change */
  function show(change) {
    const node = state.selected;
    panel.hidden = node < 0;
    if ((node === shown && !change.map) || node < 0) {
      shown = node;
      return;
    }
    shown = node;
    panel.replaceChildren(...parts(node));
    panel.scrollTop = 0;
  }

  /** @param {number} node @returns {Node[]} */
  function parts(node) {
    const kind = map.kind[node];
    const title = ownTitle(map, node) || map.label[node];
    const text = map.text(node);
    const details = map.details(node);
    const side = sayIfKnown(`side_${map.side(node)}`);
    const close = element("button", { type: "button", class: "icon close", "aria-label": say("close_panel"), title: say("close_panel") }, "×");
    close.addEventListener("click", does.onClose);
    const copies = /** @type {("link" | "text" | "argdown")[]} */ (["link", "text", "argdown"]).map((what) => {
      const button = element("button", { type: "button", class: "quiet", "data-copy": what }, say(`copy_${what}`));
      button.addEventListener("click", () => does.onCopy(node, what));
      return button;
    });
    const only = element("button", { type: "button", class: "quiet" }, say("only_this"));
    only.addEventListener("click", () => does.onOnly(node));
    const found = [
      element(
        "div",
        { class: `head ${kind}` },
        element("span", { class: "glyph", "aria-hidden": "true" }, say(`glyph_${kind}`)),
        element("span", { class: "kind" }, say(`kind_${kind}`)),
        bearingWord(map, node) && element("span", { class: "how" }, bearingWord(map, node)),
        side && kind !== "motion" && element("span", { class: `side ${map.side(node)}` }, side),
        close,
      ),
      element("h2", { dir: "auto" }, title || say("untitled")),
      text && text !== title && element("p", { class: "full", dir: "auto" }, text),
      ...does.about(node),
      ...evidenceParts(details, kind === "evidence", map.wordsPerMinute),
      ...(details.cites ?? []).map(([place, locator]) => citation(map.sources[place], locator)),
      people("held_by", details.held_by),
      people("reported_by", details.reported_by),
      additions(/** @type {[string, string, string, string][]} */ (details.added ?? [])),
      ...relations(node),
      way(node),
      facts(node, details),
      element("div", { class: "tools" }, map.children[node].length > 0 && !map.isJoint(node) && only, ...copies),
    ];
    return found.filter((part) => part instanceof Node);
  }

  /** @param {string} name @param {number[]} [places] */
  function people(name, places) {
    if (!places?.length) return null;
    return section(say(name), element("p", { dir: "auto" }, places.map((place) => map.people[place]).join(", ")));
  }

  /** @param {number} node */
  function relations(node) {
    /** @type {[number, string, boolean][]} */
    const found = [];
    if (map.parent[node] >= 0) found.push([map.parent[node], map.bearing[node], true]);
    for (const child of map.children[node]) found.push([child, map.bearing[child], false]);
    found.push(...map.also(node));
    const groups = [
      [say("bears_on"), found.filter(([, , out]) => out), true],
      [say("attacked_by"), found.filter(([, how, out]) => !out && isAgainst(how)), false],
      [say("supported_by"), found.filter(([, how, out]) => !out && !isAgainst(how)), false],
    ];
    return /** @type {[string, [number, string, boolean][], boolean][]} */ (groups)
      .filter(([, list]) => list.length)
      .map(([name, list, out]) => section(name, linkList(list, out)));
  }

  /** @param {[number, string, boolean][]} list @param {boolean} out */
  function linkList(list, out) {
    const most = 60;
    return element(
      "ul",
      { class: "links-to" },
      ...list.slice(0, most).map(([other, how]) =>
        how === "supports" && !out
          ? element("li", {}, linkTo(other))
          : element("li", {}, element("span", { class: "word" }, say(`link_${how}_${out ? "out" : "in"}`)), " ", linkTo(other)),
      ),
      list.length > most && element("li", {}, say("more_of", { count: (list.length - most).toLocaleString("en") })),
    );
  }

  /** @param {number} node */
  function linkTo(node) {
    const link = element("a", { href: `#${encodeAddress(map.address(node))}`, dir: "auto" }, map.label[node]);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      does.onGo(node);
    });
    return link;
  }

  /** @param {number} node */
  function way(node) {
    const above = ancestors(map, node);
    if (above.length < 2) return null;
    const most = 40;
    const shownWay = above.length > most ? above.slice(-most) : above;
    return section(say("way"), element("ol", { class: "way-list" }, ...shownWay.map((step) => element("li", {}, linkTo(step)))));
  }

  /** @param {number} node @param {Record<string, unknown>} details */
  function facts(node, details) {
    const rows = FACTS.filter((name) => details[name] !== undefined).map((name) => [say(`fact_${name}`), plain(details[name])]);
    rows.push([say("fact_id"), map.address(node)]);
    return section(
      say("facts"),
      element("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", { dir: "auto" }, value)])),
    );
  }

  state.onChange(show);
}

/**
 * An id as it stands in an address: readable, and nothing in it ends the address early.
 * @param {string} id
 */
export function encodeAddress(id) {
  return encodeURIComponent(id).replace(/%2F/g, "/");
}

/** @param {unknown} value */
function plain(value) {
  if (value === true) return say("yes");
  if (value === false) return say("no");
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** @param {string} name @param {Node} body */
function section(name, body) {
  return element("section", {}, element("h3", {}, name), body);
}
