// A card with all below it as Argdown, in the profile of docs/argdown.md, so that argmap reads it back.

import {isAgainst} from "./model.js";

const SYMBOLS = new Map([
  ["supports", "+"],
  ["rebuts", "-"],
  ["undermines", "-"],
  ["undercuts", "_"],
  ["contradicts", "><"],
]);
/** The keys of an item's data, by the page's names for them, in the order in which they are written. */
const KEYS = new Map([
  ["kind", "kind"], ["speech", "speech"], ["team", "team"], ["strength", "strength"], ["granted", "granted"],
  ["turn", "turn"], ["quote", "quote"], ["cite", "cite"], ["short_cite", "shortCite"], ["spoken", "spoken"],
  ["words", "words"], ["verified", "verified"], ["verified_at", "verifiedAt"],
]);
const SOURCE_KEYS = ["title", "author", "qualifications", "publisher", "date", "url", "accessed", "text"];
const DEEPEST = 20; // levels of nesting that people still follow
const LONGEST = 300; // characters in brackets

/** What Argdown's own tools take for a sign where it stands between two points or two colons. */
const CODE = /[.:](?:[AEOPvyn^~?]|<?->|v_|<>|\[\]|[+-]1|happy|smiley?|laugh|lol|rofl|joy|heart|question|love|wink|shush|meh|eye-roll|sad|disappointed|scream|up|down|think|star|(?:dis)?agree)[.:]/;

/**
 * @param {import("./model.js").ArgMap} map
 * @param {number} root
 */
export function argdownOf(map, root) {
  const nodes = subtree(map, root);
  const inside = new Set(nodes);
  const links = nodes.flatMap((start) =>
    map.also(start).filter(([end, , out]) => out && inside.has(end)).map(([end, how]) => ({ start, end, how })),
  );
  const typed = namesOf(map, nodes, links);
  const leftSteps = nodes.filter((node) => map.kind[node] === "step" && !isSayable(node));
  /** What only the head can say: links to and from steps that no premises and conclusion can write. */
  const left = leftSteps.flatMap((step) => [
    ...premisesOf(step).map((start) => ({ kind: "PREMISE_OF", start, end: step })),
    ...conclusionsOf(step).map((end) => ({ kind: "CONCLUDES", start: step, end })),
    ...attackersOf(step).map((start) => ({ kind: "UNDERCUTS", start, end: step })),
  ]);
  const named = new Set(left.flatMap(({ start, end }) => [start, end]));
  /** @type {Map<number, string>} */
  const sources = new Map();
  for (const node of nodes) {
    for (const [place] of map.details(node).cites ?? []) if (!sources.has(place)) sources.set(place, `s${sources.size + 1}`);
  }
  /** @type {Set<number>} */
  const mentioned = new Set();
  /** @type {string[]} */
  const lines = [];

  /** An item in full where it is mentioned first, then its title alone. @param {number} node */
  function mention(node) {
    const name = typed.get(node)?.name ?? "";
    if (mentioned.has(node)) return name;
    mentioned.add(node);
    const text = textOf(map, node);
    const inline = fits(text) && !text.includes("\\") && !CODE.test(text);
    const tags = /** @type {string[]} */ (map.details(node).tags ?? []);
    const plain = tags.every((tag) => isWord(tag) || isPhrase(tag));
    const parts = [inline && text ? `${name}: ${escaped(text)}` : name];
    if (plain) parts.push(...tags.map((tag) => (isWord(tag) ? `#${tag}` : `#(${tag})`)));
    parts.push(dataOf(node, { text: inline ? undefined : text, tags: plain ? undefined : tags }));
    return parts.filter(Boolean).join(" ");
  }

  /** @param {number} node @param {Record<string, unknown>} also */
  function dataOf(node, also) {
    const details = map.details(node);
    /** @type {Record<string, unknown>} */
    const data = { id: named.has(node) ? ownId(node) : undefined, title: typed.get(node)?.title, ...also };
    const cites = details.cites ?? [];
    if (cites.length) {
      const [keys, places] = [cites.map(([place]) => sources.get(place)), cites.map(([, locator]) => locator ?? null)];
      data.source = keys.length === 1 ? keys[0] : keys;
      if (places.some((place) => place !== null)) data.at = places.length === 1 ? places[0] : places;
    }
    if (details.held_by?.length) data.heldBy = details.held_by.map((place) => map.people[place]);
    if (details.held_by?.length || details.reported_by?.length) {
      data.reportedBy = (details.reported_by ?? []).map((place) => map.people[place]);
    }
    if (details.side_stated) data.side = map.side(node);
    for (const [name, key] of KEYS) data[key] = details[name];
    if (details.spans) data.spans = details.spans.map(({ kind, start, stop, colour }) => [kind, start, stop, ...(colour ? [colour] : [])]);
    const isCard = map.kind[node] === "evidence" && !details.quote && !details.cite && !details.tags?.includes("evidence");
    if (isCard) data.evidence = true;
    const known = Object.entries(data).filter(([, value]) => value !== undefined && value !== null);
    return known.length ? flow(Object.fromEntries(known)) : "";
  }

  // Each block is an item with what bears on it; what is too deep, and what a step rests on, comes in blocks of its own.
  const waiting = [root];
  for (let top = waiting.shift(); top !== undefined; top = waiting.shift()) {
    if (leftSteps.includes(top)) {
      waiting.push(...map.children[top]);
      continue;
    }
    if (map.kind[top] === "step") writeStep(top);
    const children = map.children[top].filter((child) => map.bearing[child] !== "premise");
    const steps = children.filter((child) => map.kind[child] === "step");
    if (mentioned.has(top) && steps.length === children.length) {
      waiting.push(...steps);
      continue;
    }
    lines.push("", mention(top));
    const below = children.map((child) => ({ node: child, level: 1 })).reverse();
    for (let next = below.pop(); next; next = below.pop()) {
      const { node, level } = next;
      if (map.kind[node] === "step") {
        waiting.push(node);
        continue;
      }
      lines.push(`${"  ".repeat(level)}${SYMBOLS.get(map.bearing[node]) ?? "+"} ${mention(node)}`);
      const under = map.children[node].filter((child) => map.bearing[child] !== "premise");
      if (level >= DEEPEST && under.length) waiting.push(node);
      else below.push(...under.map((child) => ({ node: child, level: level + 1 })).reverse());
    }
  }
  for (const { start, end, how } of links) {
    const symbol = SYMBOLS.get(how);
    if (symbol && map.kind[start] !== "step" && !leftSteps.includes(end)) lines.push("", mention(end), `  ${symbol} ${mention(start)}`);
  }

  /** @param {number} node */
  function ownId(node) {
    return map.address(node).slice(map.id.length + 1);
  }

  /** @param {number} step */
  function premisesOf(step) {
    const own = map.children[step].filter((child) => map.bearing[child] === "premise");
    return [...own, ...links.filter(({ end, how }) => end === step && how === "premise_of").map(({ start }) => start)];
  }

  /** @param {number} step */
  function attackersOf(step) {
    const own = map.children[step].filter((child) => map.bearing[child] === "undercuts");
    return [...own, ...links.filter(({ end, how }) => end === step && how === "undercuts").map(({ start }) => start)];
  }

  /** @param {number} step */
  function conclusionsOf(step) {
    const own = inside.has(map.parent[step]) ? [map.parent[step]] : [];
    return [...own, ...links.filter(({ start, how }) => start === step && how !== "premise_of").map(({ end }) => end)];
  }

  /** Whether premises and a conclusion can say a step as it is. @param {number} step */
  function isSayable(step) {
    const [end, ...others] = conclusionsOf(step);
    const details = map.details(step);
    const rules = rulesOf(step);
    const plain = rules.every((rule) => /^\w+( \w+)*$/.test(rule)) && (details.scheme ?? "") === (rules[0] ?? "");
    const led = end !== undefined && !others.length && map.kind[end] !== "step" && step !== root;
    return led && plain && details.strict === undefined && !isAgainst(map.bearing[step]) && premisesOf(step).length > 0;
  }

  /** @param {number} step */
  function rulesOf(step) {
    return /** @type {string[]} */ (map.details(step).rules ?? []);
  }

  /** A step with its premises and what it leads to. @param {number} step */
  function writeStep(step) {
    const premises = premisesOf(step);
    const rules = rulesOf(step);
    lines.push("", mention(step), "");
    premises.forEach((premise, at) => lines.push(`(${at + 1}) ${mention(premise)}`));
    lines.push(rules.length ? `-- ${rules.join(", ")} --` : "----");
    lines.push(`(${premises.length + 1}) ${mention(conclusionsOf(step)[0])}`);
    waiting.push(...premises.filter((premise) => map.parent[premise] === step && map.children[premise].length));
  }

  /** A step as the head says it. @param {number} step */
  function recordOf(step) {
    const { scheme, rules, strict } = map.details(step);
    const record = {
      label: "Inference", id: ownId(step), title: map.label[step], text: map.text(step) || undefined,
      polarity: isAgainst(map.bearing[step]) ? "attacks" : undefined, scheme, rules, strict,
    };
    return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
  }

  const head = ["===", `title: ${string(map.label[root])}`];
  if (map.kind[root] !== "step") head.push(`motion: ${string((typed.get(root)?.name ?? "").slice(1, -1))}`);
  if (sources.size) {
    head.push("sources:");
    for (const [place, key] of sources) {
      const source = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (map.sources[place]));
      const known = SOURCE_KEYS.filter((name) => source[name] !== undefined).map((name) => [name, source[name]]);
      head.push(`  ${key}: ${flow(Object.fromEntries(known))}`);
    }
  }
  if (leftSteps.length) {
    const records = left.map(({ kind, start, end }) => ({ kind, start: ownId(start), end: ownId(end) }));
    head.push("argmap:", `  items: ${flow(leftSteps.map(recordOf))}`, `  links: ${flow(records)}`);
  }
  return `${[...head, "===", ...lines].join("\n")}\n`;
}

/**
 * A card and all below it, a parent before its children.
 * @param {import("./model.js").ArgMap} map
 * @param {number} root
 */
export function subtree(map, root) {
  const found = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    found.push(node);
    waiting.push(...[...map.children[node]].reverse());
  }
  return found;
}

/** @param {import("./model.js").ArgMap} map @param {number} node */
function textOf(map, node) {
  return map.text(node) || (map.kind[node] === "step" ? "" : map.label[node]);
}

/**
 * What each item is called, no two alike: its title in brackets; where that cannot stand there, another, and its own as `title`.
 * @param {import("./model.js").ArgMap} map
 * @param {number[]} nodes
 * @param {{start: number, end: number, how: string}[]} links
 */
function namesOf(map, nodes, links) {
  // Only an <argument> can be undercut, only a [statement] contradicted.
  const undercut = new Set(nodes.filter((node) => map.bearing[node] === "undercuts").map((node) => map.parent[node]));
  for (const { end, how } of links) if (how === "undercuts") undercut.add(end);
  const contradicts = new Set(links.filter(({ how }) => how === "contradicts").flatMap(({ start, end }) => [start, end]));
  for (const node of nodes) if (map.bearing[node] === "contradicts") contradicts.add(node).add(map.parent[node]);
  const taken = new Set();
  return new Map(
    nodes.map((node) => {
      const title = map.label[node];
      const base = titled(title) ? title : `item ${taken.size + 1}`;
      let name = base;
      for (let count = 2; taken.has(name); count++) name = `${base} (${count})`;
      taken.add(name);
      const argument = map.kind[node] === "step" || (undercut.has(node) && !contradicts.has(node));
      return [node, { name: argument ? `<${name}>` : `[${name}]`, title: name === title ? undefined : title }];
    }),
  );
}

/** Whether a title can stand in brackets as it is. @param {string} title */
function titled(title) {
  return title.length > 0 && title.length <= LONGEST && fits(title) && !/[[\]{}\\@<>]|\/\/|\/\*/.test(title) && !/^[-+_]/.test(title);
}

/** Whether a text comes back from Argdown as it is. @param {string} text */
function fits(text) {
  return text.replace(/^[ \t\n]+|[ \t\n]+$/g, "").replace(/[ \t\n]+/g, " ") === text && !/[\0\r\v\f\x1c-\x1e\x85\u2028\u2029]/.test(text);
}

/** A text with a backslash before what would be markup. @param {string} text */
function escaped(text) {
  return text.replace(/[{[<@#*_]|\/(?=[/*])|--+/g, (marks) => Array.from(marks, (mark) => `\\${mark}`).join(""));
}

/** @param {string} tag */
const isWord = (tag) => /^[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*$/.test(tag);

/** @param {string} tag */
const isPhrase = (tag) => fits(tag) && tag.length > 0 && tag.length <= LONGEST && !/[)\\{}/<]/.test(tag);

/**
 * A value as YAML in one line.
 * @param {unknown} value
 * @returns {string}
 */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value && typeof value === "object") {
    return `{${Object.entries(value).map(([key, held]) => `${string(key)}: ${flow(held)}`).join(", ")}}`;
  }
  return typeof value === "string" ? string(value) : String(value);
}

const WORDS = new Set(["true", "false", "null", "yes", "no", "on", "off", "y", "n"]);
const UNPRINTABLE = /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;

/** @param {string} text */
function string(text) {
  if (/^[A-Za-z][A-Za-z0-9_]*( [A-Za-z0-9_]+)*$/.test(text) && !WORDS.has(text.toLowerCase())) return text;
  return JSON.stringify(text).replace(UNPRINTABLE, (sign) => `\\U${(sign.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`);
}
