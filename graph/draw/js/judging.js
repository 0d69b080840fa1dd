// Verdicts on the map, what nobody answers, and what a strike would bring down.

import {byId, element} from "./dom.js";
import {CONTESTED, FALLS, STANDS, grounded, neighbours, readFramework, weakened} from "./labelling.js";
import {say} from "./words.js";

const VERDICTS = ["contested", "stands", "falls"]; // by label
const NAMED = 6; // items of one effect that the bar names
const YES = "yes";

/**
 * What is said of a card at its foot: a sign for the eye, a word for everybody.
 * @typedef {{name: string, sign: string, word: string}} Badge
 */

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {{tell: (text: string) => void, go: (node: number) => void}} does
 */
export function createJudging(map, state, does) {
  const bar = byId("judging");
  const toggle = byId("toggle-judging");
  const open = new Set(map.judged.unanswered);
  const { nodes = [] } = map.judged.framework;
  /** @type {Set<number>} places of what is struck */
  const struck = new Set();
  /** @type {(() => void)[]} */
  const listeners = [];
  /** @type {ReturnType<typeof createCourt> | null} */
  let court = null;
  let on = false;
  toggle.hidden = !map.size;

  /** The verdicts as things are, worked out when they are first asked for. */
  const ruling = () => (court ??= createCourt(map)).rule(struck);

  /** @param {number} place @returns {"contested" | "stands" | "falls" | ""} */
  function verdict(place) {
    const node = nodes[place] ?? -1;
    return node < 0 ? "" : /** @type {"contested" | "stands" | "falls"} */ (VERDICTS[ruling().after[node]]);
  }

  /** @param {number} place @returns {Badge[]} */
  function badges(place) {
    const node = nodes[place] ?? -1;
    if (!on || node < 0) return [];
    const { before, after, weak } = ruling();
    const now = VERDICTS[after[node]];
    const changed = before[node] !== after[node] && !struck.has(place);
    const found = [struck.has(place) ? "struck" : now];
    if (weak.has(node)) found.push("weakened");
    if (open.has(place) && !struck.has(place)) found.push("unanswered");
    return found.map((name, at) => ({
      name: at === 0 && changed ? `${name} changed` : name,
      sign: say(`sign_${name}`),
      word: at === 0 && changed ? say("verdict_changed", { now: say(`verdict_${now}`), before: say(`verdict_${VERDICTS[before[node]]}`) }) : say(`verdict_${name}`),
    }));
  }

  /** Says again on every card what is said at its foot. */
  function show() {
    bar.hidden = !on;
    toggle.setAttribute("aria-pressed", String(on));
    document.body.dataset.judged = on ? YES : "";
    if (on) fill();
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.strike : undefined;
    state.refresh([], true);
    if (focused !== undefined) /** @type {HTMLElement | null} */ (document.querySelector(`#panel [data-strike="${focused}"]`))?.focus();
    for (const listener of listeners) listener();
  }

  /** @param {number} place @param {boolean} [wanted] */
  function strike(place, wanted = !struck.has(place)) {
    if ((nodes[place] ?? -1) < 0) return;
    if (wanted) struck.add(place);
    else struck.delete(place);
    on = true;
    show();
    const title = map.label[place];
    does.tell(`${say(wanted ? "strike_done" : "strike_undone", { title })} ${effects().map(([, words]) => words).join(", ")}.`);
  }

  /** What the strikes change: the name of each effect, its words, and the places. @returns {[string, string, number[]][]} */
  function effects() {
    const { before, after, weak } = ruling();
    /** @type {Map<string, number[]>} */
    const found = new Map([["falls", []], ["contested", []], ["weakened", []], ["again", []]]);
    nodes.forEach((node, place) => {
      if (node < 0 || struck.has(place) || map.isJoint(place) || map.kind[place] === "step") return;
      if (before[node] !== after[node]) found.get(after[node] === STANDS ? "again" : VERDICTS[after[node]])?.push(place);
      else if (weak.has(node)) found.get("weakened")?.push(place);
    });
    const named = [...found].filter(([name, places]) => places.length || name === "falls");
    return named.map(([name, places]) => {
      const word = places.length === 0 ? `effect_${name}_none` : places.length === 1 ? `effect_${name}_one` : `effect_${name}`;
      return [name, say(word, { count: places.length.toLocaleString("en") }), places];
    });
  }

  function fill() {
    const { after } = ruling();
    const counts = [0, 0, 0];
    nodes.forEach((node, place) => {
      if (node >= 0 && !map.isJoint(place) && map.kind[place] !== "step") counts[after[node]]++;
    });
    const sides = ["pro", "con"].map((side) => [...open].filter((place) => map.side(place) === side).length);
    const parts = [STANDS, FALLS, CONTESTED].map((label) =>
      element("span", { class: `badge ${VERDICTS[label]}` }, sign(VERDICTS[label]), say(`count_${VERDICTS[label]}`, { count: counts[label].toLocaleString("en") })),
    );
    parts.push(element("span", { class: "badge unanswered" }, sign("unanswered"), say("count_unanswered", { count: open.size.toLocaleString("en"), pro: sides[0], con: sides[1] })));
    bar.replaceChildren(element("p", { class: "counts" }, ...parts), element("p", { class: "lead" }, say("judging_lead")));
    if (struck.size) bar.append(strikes());
  }

  /** What is struck, and what that brings down. */
  function strikes() {
    const undo = element("button", { type: "button", class: "quiet" }, say("restore_all"));
    undo.addEventListener("click", () => {
      struck.clear();
      show();
      toggle.focus();
      does.tell(say("restored_all"));
    });
    return element(
      "div",
      { class: "strikes" },
      element("span", { class: "word" }, say("struck_are")),
      ...[...struck].map((place) => {
        const label = say("restore_one", { title: map.label[place] });
        const chip = element("button", { type: "button", class: "chip", dir: "auto", "aria-label": label, title: label }, `${map.label[place]} ×`);
        chip.addEventListener("click", () => {
          strike(place, false);
          toggle.focus();
        });
        return chip;
      }),
      undo,
      element("ul", {}, ...effects().map(([name, words, places]) => element("li", { class: name }, words, ...listed(places)))),
    );
  }

  /** @param {number[]} places */
  function listed(places) {
    if (!places.length) return [];
    const links = places.slice(0, NAMED).flatMap((place, at) => [at ? ", " : ": ", linkTo(place)]);
    return places.length > NAMED ? [...links, ` ${say("and_more", { count: (places.length - NAMED).toLocaleString("en") })}`] : links;
  }

  /** @param {number} place */
  function linkTo(place) {
    const link = element("a", { href: `#${encodeURIComponent(map.address(place))}`, dir: "auto" }, map.label[place]);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      does.go(place);
    });
    return link;
  }

  /** @param {string} name */
  const sign = (name) => element("span", { class: "sign", "aria-hidden": "true" }, say(`sign_${name}`));

  toggle.addEventListener("click", () => {
    on = !on;
    if (!on) struck.clear();
    show();
    does.tell(say(on ? "judging_on" : "judging_off"));
  });

  return {
    badges,
    verdict,
    strike,
    isUnanswered: (/** @type {number} */ place) => open.has(place),
    get on() {
      return on;
    },
    /** What the panel says of a card's verdict. @param {number} place @returns {Node[]} */
    about(place) {
      const found = badges(place);
      if (!found.length) return [];
      const { why, of } = (court ??= createCourt(map)).why(place, struck);
      const box = element("input", { type: "checkbox", "data-strike": place });
      box.checked = struck.has(place);
      box.addEventListener("change", () => strike(place, box.checked));
      return [
        element(
          "section",
          { class: "verdict" },
          element("h3", {}, say("verdict")),
          element("p", { class: "badges" }, ...found.map((badge) => badgeOf(badge))),
          element("p", {}, say(why), ...of.flatMap((other, at) => [at ? ", " : " ", linkTo(other)])),
          element("label", { class: "check" }, box, say("strike_this")),
        ),
      ];
    },
    /** What the address keeps of it. @type {import("./address.js").Kept} */
    kept: {
      name: "struck",
      read: () => (on ? [...struck].map((place) => encodeURIComponent(map.address(place))).join(",") || YES : ""),
      write(value) {
        const wanted = value === YES ? [] : value.split(",").flatMap((id) => map.at(decodeURIComponent(id)) ?? []);
        if (on === (value !== "") && wanted.length === struck.size && wanted.every((place) => struck.has(place))) return;
        struck.clear();
        for (const place of wanted) struck.add(place);
        on = value !== "";
        show();
      },
      onChange: (listener) => void listeners.push(listener),
    },
  };
}

/** @param {Badge} badge */
export function badgeOf({ name, sign, word }) {
  return element("span", { class: `badge ${name}` }, element("span", { class: "sign", "aria-hidden": "true" }, sign), word);
}

/** The verdicts of a map, with and without strikes. @param {import("./model.js").ArgMap} map */
function createCourt(map) {
  const framework = readFramework(map.judged.framework);
  const nodes = map.judged.framework.nodes ?? [];
  const places = new Int32Array(framework.size).fill(-1);
  nodes.forEach((node, place) => {
    if (node >= 0 && places[node] < 0) places[node] = place;
  });
  const before = grounded(framework, []);
  let ruled = { key: "", before, after: before, weak: /** @type {Set<number>} */ (new Set()) };

  /** @param {Set<number>} struck */
  function rule(struck) {
    const key = [...struck].join();
    if (key !== ruled.key) {
      const out = [...struck].map((place) => nodes[place]);
      const after = out.length ? grounded(framework, out) : before;
      ruled = { key, before, after, weak: out.length ? weakened(framework, before, after, out) : new Set() };
    }
    return ruled;
  }

  /** The place of a node, or of what it starts from where the page shows it as part of a line. @param {number} node */
  function placeOf(node) {
    let found = node;
    for (let step = 0; found >= 0 && places[found] < 0 && step < framework.size; step++) found = neighbours(framework.supporters, found)[0] ?? -1;
    return found < 0 ? -1 : places[found];
  }

  return {
    rule,
    /** Why a card has its verdict: the name of the words, and the places they speak of. @param {number} place @param {Set<number>} struck */
    why(place, struck) {
      const { after } = rule(struck);
      const node = nodes[place];
      const kind = framework.kind(node);
      const supporters = [...neighbours(framework.supporters, node)];
      const attackers = [...neighbours(framework.attackers, node)];
      /** @param {string} why @param {number[]} of */
      const because = (why, of = []) => ({ why, of: [...new Set(of.map(placeOf))].filter((other) => other >= 0 && other !== place).slice(0, 3) });
      const with_ = (/** @type {number[]} */ some, /** @type {number} */ label) => some.filter((other) => after[other] === label);
      if (struck.has(place)) return because("why_struck");
      if (after[node] === STANDS) {
        if (kind === 1) return because("why_supported", with_(supporters, STANDS));
        if (kind === 2) return because("why_premises", supporters);
        return because(map.kind[place] === "evidence" ? "why_card" : "why_granted");
      }
      if (after[node] === FALLS) {
        const hit = with_(attackers, STANDS);
        if (hit.length) return because("why_attacked", hit);
        const lost = with_(supporters, FALLS);
        if (kind === 2 && lost.length) return because("why_premise", lost);
        return because(lost.length === supporters.length ? "why_unsupported" : "why_circular", lost);
      }
      return because("why_open", [...with_(attackers, CONTESTED), ...with_(supporters, CONTESTED)]);
    },
  };
}
