// Filters: what of the map is shown, by kind, side, speaker, source, evidence, answers and verdict.

import {byId, element} from "./dom.js";
import {say} from "./words.js";

const OPENED = 24; // of what fits the way is opened to so many
const MOST = 1000; // people or sources that one list offers

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {ReturnType<typeof import("./judging.js").createJudging>} judging
 * @param {(text: string) => void} tell
 */
export function createFilters(map, state, judging, tell) {
  const bar = byId("filters");
  const toggle = byId("toggle-filters");
  const output = element("output", { class: "matches" });
  /** @type {Set<number>} */
  let fitting = new Set();
  let on = false;
  let made = false;
  toggle.hidden = !map.size;

  const kind = choice("filter_kind", ["motion", "claim", "rebuttal", "evidence"].filter((one) => map.kind.includes(one)).map((one) => [one, say(`kind_${one}`)]));
  const side = choice("filter_side", ["pro", "con", "both"].map((one) => [one, say(`side_${one}`)]));
  const speaker = choice("filter_speaker", map.people.slice(0, MOST).map((name, at) => [String(at), name]));
  const source = choice("filter_source", map.sources.slice(0, MOST).map(({ title }, at) => [String(at), title]));
  const evidence = choice("filter_evidence", [["with", say("filter_with")], ["without", say("filter_without")]]);
  const answered = choice("filter_answered", [["open", say("filter_open")], ["answered", say("filter_met")]]);
  const verdict = choice("filter_verdict", ["stands", "falls", "contested"].map((one) => [one, say(`verdict_${one}`)]));
  const all = [kind, side, speaker, source, evidence, answered, verdict];

  /** @param {string} name @param {string[][]} options */
  function choice(name, options) {
    const select = element(
      "select",
      {},
      element("option", { value: "" }, say("filter_any")),
      ...options.map(([value, words]) => element("option", { value, dir: "auto" }, words)),
    );
    select.addEventListener("change", apply);
    return { select, label: element("label", {}, element("span", {}, say(name)), select), few: options.length < 1 };
  }

  function make() {
    if (made) return;
    made = true;
    const clear = element("button", { type: "button", class: "quiet" }, say("filter_clear"));
    clear.addEventListener("click", () => {
      reset();
      kind.select.focus();
    });
    bar.append(...all.filter(({ few }) => !few).map(({ label }) => label), clear, output);
  }

  function reset() {
    for (const { select } of all) select.value = "";
    apply();
  }

  function apply() {
    const asked = all.some(({ select }) => select.value);
    const was = on;
    on = asked;
    if (!asked && !was) return;
    fitting = new Set();
    if (asked) {
      const proved = withEvidence();
      for (let node = 0; node < map.size; node++) if (fits(node, proved)) fitting.add(node);
    }
    const kept = new Uint8Array(map.size);
    for (const node of fitting) for (let above = node; above >= 0 && !kept[above]; above = map.parent[above]) kept[above] = 1;
    map.limit("filter", asked ? (node) => kept[node] === 1 : null);
    state.refresh([...fitting].slice(0, OPENED));
    const words = asked ? say(fitting.size === 1 ? "filter_found_one" : "filter_found", { count: fitting.size.toLocaleString("en"), all: map.cards.toLocaleString("en") }) : "";
    output.textContent = words;
    document.body.dataset.filtered = asked ? "yes" : "";
    tell(words || say("filter_none"));
  }

  /** @param {number} node @param {Uint8Array} proved */
  function fits(node, proved) {
    if (map.isJoint(node)) return false;
    const details = map.details(node);
    const people = [...(details.held_by ?? []), ...(details.reported_by ?? [])];
    return (
      (!kind.select.value || map.kind[node] === kind.select.value) &&
      (!side.select.value || map.side(node) === side.select.value) &&
      (!speaker.select.value || people.includes(Number(speaker.select.value))) &&
      (!source.select.value || (details.cites ?? []).some(([place]) => place === Number(source.select.value))) &&
      (!evidence.select.value || (map.kind[node] !== "evidence" && (proved[node] === 1) === (evidence.select.value === "with"))) &&
      (!answered.select.value || (isStatement(node) && judging.isUnanswered(node) === (answered.select.value === "open"))) &&
      (!verdict.select.value || judging.verdict(node) === verdict.select.value)
    );
  }

  /** @param {number} node */
  const isStatement = (node) => map.kind[node] === "claim" || map.kind[node] === "rebuttal";

  /** What a card supports directly. */
  function withEvidence() {
    const found = new Uint8Array(map.size);
    for (let node = 0; node < map.size; node++) {
      if (map.kind[node] !== "evidence") continue;
      if (map.parent[node] >= 0 && map.bearing[node] === "supports") found[map.parent[node]] = 1;
      for (const [other, how, out] of map.also(node)) if (out && how === "supports") found[other] = 1;
    }
    return found;
  }

  toggle.addEventListener("click", () => {
    const wanted = bar.hidden;
    make();
    bar.hidden = !wanted;
    toggle.setAttribute("aria-pressed", String(wanted));
    if (wanted) kind.select.focus();
    else reset();
  });

  return {
    /** Whether a card is only shown because something below it fits. @param {number} node */
    isContext: (node) => on && !fitting.has(node),
  };
}
