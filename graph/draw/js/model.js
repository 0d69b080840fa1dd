// The map as the page holds it: one array a property, by place in reading order.

/**
 * @typedef {object} Details what is said of an item beside its text
 * @property {string[]} [tags]
 * @property {string} [quote]
 * @property {{kind: string, start: number, stop: number, colour?: string}[]} [spans]
 * @property {[number, string?][]} [cites] place in `sources`, and where in it
 * @property {number[]} [held_by] places in `people`
 * @property {number[]} [reported_by]
 */

/**
 * @typedef {object} Source
 * @property {string} title
 * @property {string} [text]
 * @property {string[]} [author]
 * @property {string} [qualifications]
 * @property {string} [publisher]
 * @property {string} [date]
 * @property {string} [date_precision]
 * @property {string} [url]
 * @property {string} [accessed]
 */

/**
 * @typedef {object} Data the page's data block
 * @property {string} map
 * @property {string} title
 * @property {string} text
 * @property {number | null} open_to
 * @property {number | null} within
 * @property {string[]} ids
 * @property {Source[]} sources
 * @property {string[]} people
 * @property {{label: string[], text: (string|0)[], parent: number[], bearing: string[], beside: number[],
 *   joint: number[], kind: string[], side: (string|0)[], details: (Details|0)[]}} nodes
 * @property {[number, number, string][]} links
 * @property {{columns: [string, string][], cites: string[], sheets: number[][], left_out: boolean}} flow
 * @property {{contested: number[], unmet: number[]}} clash
 * @property {{framework: import("./labelling.js").FrameworkData, unanswered: number[]}} judged
 * @property {number} wpm words that are read aloud in a minute
 * @property {{names: string[], of: number[]}} speeches of the map in their order, and each node's; -1 where none is said
 */

const ATTACKS = new Set(["rebuts", "undercuts", "undermines"]);

/** @typedef {ReturnType<typeof readMap>} ArgMap */

/**
 * @param {Data} data
 */
export function readMap(data) {
  const { label, text, parent, bearing, beside, joint, kind, side, details } = data.nodes;
  const size = label.length;
  /** @type {number[][]} */
  const children = Array.from({ length: size }, () => []);
  /** @type {number[]} */
  const roots = [];
  const below = new Int32Array(size);
  const against = new Int32Array(size);
  const depth = new Int32Array(size);
  const shown = new Uint8Array(size);
  /** @type {Map<string, (node: number) => boolean>} */
  const limits = new Map();
  for (let node = 0; node < size; node++) if (parent[node] >= 0) depth[node] = depth[parent[node]] + 1;

  /** Hangs each node that no limit leaves out, and that hangs on none such, on its own. */
  function grow() {
    roots.length = 0;
    const tests = [...limits.values()];
    for (let node = 0; node < size; node++) {
      const above = parent[node];
      children[node].length = below[node] = against[node] = 0;
      shown[node] = (above < 0 || shown[above]) && tests.every((test) => test(node)) ? 1 : 0;
      if (shown[node]) (above < 0 ? roots : children[above]).push(node);
    }
    // Children come after their parents, so one walk backwards adds everything up.
    for (let node = size - 1; node >= 0; node--) {
      const above = parent[node];
      if (above < 0 || !shown[node]) continue;
      below[above] += below[node] + (joint[node] ? 0 : 1);
      against[above] += against[node] + (ATTACKS.has(bearing[node]) && !joint[node] ? 1 : 0);
    }
  }
  grow();
  /** @type {Map<number, [number, string, boolean][]>} */
  const also = new Map();
  for (const [start, end, how] of data.links) {
    listIn(also, start).push([end, how, true]);
    listIn(also, end).push([start, how, false]);
  }
  const byAddress = new Map(data.ids.map((id, node) => [id, node]));
  return {
    id: data.map,
    title: data.title,
    about: data.text,
    openTo: data.open_to,
    /** The node that alone is shown at first; -1 for the whole map. */
    within: data.within ?? -1,
    size,
    roots,
    sources: data.sources,
    people: data.people,
    flow: data.flow,
    clash: data.clash,
    parent,
    children,
    depth,
    below,
    against,
    label,
    kind,
    bearing,
    /** What hangs on a node (-1: the roots) in the groups that are shown apart: under a root, for and against. @param {number} node */
    groups(node) {
      const listed = node < 0 ? roots : children[node];
      if (node < 0 || parent[node] >= 0) return [listed];
      const against = listed.filter((child) => isAgainst(bearing[child]));
      if (!against.length || against.length === listed.length) return [listed];
      return [listed.filter((child) => !isAgainst(bearing[child])), against];
    },
    /** @param {number} node */
    isBeside: (node) => beside[node] === 1,
    /** @param {number} node */
    isJoint: (node) => joint[node] === 1,
    /** @param {number} node */
    text: (node) => text[node] || "",
    /** @param {number} node */
    side: (node) => side[node] || "",
    /** @param {number} node @returns {Details & Record<string, unknown>} */
    details: (node) => details[node] || {},
    /** Links the tree leaves out: the other end, the kind, and whether it goes out. @param {number} node */
    also: (node) => (also.get(node) ?? []).filter(([other]) => shown[other]),
    /** Leaves out of the map what `test` does not hold for, with all below it; null takes that limit away. @param {string} name @param {((node: number) => boolean) | null} test */
    limit(name, test) {
      if (test) limits.set(name, test);
      else limits.delete(name);
      grow();
    },
    /** Whether no limit leaves a node out. @param {number} node */
    isShown: (node) => shown[node] === 1,
    speeches: data.speeches,
    judged: data.judged,
    /** What is said at the foot of a card; nothing until something has to be said. @type {(node: number) => import("./judging.js").Badge[]} */
    badges: () => [],
    /** Whether a card is shown only for what lies below it. @type {(node: number) => boolean} */
    isContext: () => false,
    /** How many cards there are: all nodes but the joints. */
    cards: size - joint.filter((is) => is === 1).length,
    wordsPerMinute: data.wpm,
    /** The item's id, unique over maps. @param {number} node */
    address: (node) => `${data.map}/${data.ids[node]}`,
    /** The node of an id, with or without its map; undefined where there is none. @param {string} id */
    at: (id) => byAddress.get(id.startsWith(`${data.map}/`) ? id.slice(data.map.length + 1) : id),
  };
}

/** Whether a link of this kind speaks against what it leads to. @param {string} bearing */
export function isAgainst(bearing) {
  return ATTACKS.has(bearing) || bearing === "contradicts";
}

/**
 * The nodes from a root down to and without `node`.
 * @param {ArgMap} map
 * @param {number} node
 * @returns {number[]}
 */
export function ancestors(map, node) {
  const found = [];
  for (let above = map.parent[node]; above >= 0; above = map.parent[above]) found.push(above);
  return found.reverse();
}

/**
 * The title, or "" where it is only the beginning of the text: titles are cut from texts where a file gives none.
 * @param {ArgMap} map
 * @param {number} node
 */
export function ownTitle(map, node) {
  const title = map.label[node].trim();
  const text = map.text(node).replace(/\s+/g, " ").trim();
  if (title.endsWith("…")) return text.startsWith(title.slice(0, -1).trimEnd()) ? "" : title;
  return title === text ? "" : title;
}

/**
 * @template Key, Value
 * @param {Map<Key, Value[]>} lists
 * @param {Key} key
 * @returns {Value[]}
 */
function listIn(lists, key) {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}
