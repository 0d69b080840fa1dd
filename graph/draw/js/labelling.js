// The grounded labelling of a framework, in linear time, as graph/semantics/labelling.py defines it.

export const CONTESTED = 0;
export const STANDS = 1;
export const FALLS = 2;

const OR = 1;
const AND = 2;

/**
 * @typedef {object} FrameworkData
 * @property {number} items how many nodes are items of the map; the hidden ones come after them
 * @property {string} kinds a digit a node: 0 holds by itself, 1 needs one supporter, 2 all of them, 3 none
 * @property {[number[], number[]]} supports supporter, supported
 * @property {[number[], number[]]} attacks attacker, attacked
 * @property {number[]} [nodes] the framework's node for each place on the page; -1 for none
 */

/** @typedef {ReturnType<typeof readFramework>} Framework */

/** For each node its neighbours: those of `v` are values[offsets[v]] up to values[offsets[v + 1]].
 * @typedef {{offsets: Int32Array, values: Int32Array}} Rows */

/** @param {FrameworkData} data */
export function readFramework(data) {
  const size = data.kinds.length;
  const [supporter, supported] = data.supports;
  const [attacker, attacked] = data.attacks;
  return {
    size,
    items: data.items,
    isStep: (/** @type {number} */ node) => data.kinds.charCodeAt(node) - 48 === AND,
    kind: (/** @type {number} */ node) => data.kinds.charCodeAt(node) - 48,
    supported: rows(size, supporter, supported),
    supporters: rows(size, supported, supporter),
    attacked: rows(size, attacker, attacked),
    attackers: rows(size, attacked, attacker),
  };
}

/** @param {number} size @param {number[]} heads @param {number[]} tails @returns {Rows} */
function rows(size, heads, tails) {
  const offsets = new Int32Array(size + 1);
  for (const head of heads) offsets[head + 1]++;
  for (let node = 0; node < size; node++) offsets[node + 1] += offsets[node];
  const place = offsets.slice();
  const values = new Int32Array(heads.length);
  heads.forEach((head, at) => void (values[place[head]++] = tails[at]));
  return { offsets, values };
}

/** @param {Rows} rows @param {number} node */
export function neighbours(rows, node) {
  return rows.values.subarray(rows.offsets[node], rows.offsets[node + 1]);
}

/**
 * A label for each node; struck ones fall, and so does what only circular support holds up.
 * @param {Framework} framework
 * @param {Iterable<number>} struck
 * @returns {Uint8Array}
 */
export function grounded(framework, struck) {
  const state = labelling(framework, true);
  state.start(struck);
  if (state.labels.includes(CONTESTED)) {
    const derived = labelling(framework, false);
    derived.start(struck);
    state.force((node) => !state.labels[node] && derived.labels[node] !== STANDS);
  }
  return state.labels;
}

/** @param {Framework} framework @param {boolean} attacks whether attacks count, or supports alone */
function labelling(framework, attacks) {
  const { size, supported, supporters, attacked, attackers } = framework;
  const labels = new Uint8Array(size);
  const threats = new Int32Array(size); // attackers that do not fall
  const missing = new Int32Array(size); // supporters that have to stand yet
  const spare = new Int32Array(size); // supporters that may fall yet
  const queue = new Int32Array(size);
  let first = 0;
  let end = 0;
  for (let node = 0; node < size; node++) {
    const count = supporters.offsets[node + 1] - supporters.offsets[node];
    const kind = framework.kind(node);
    missing[node] = kind === AND ? count : kind === OR ? 1 : 0;
    spare[node] = count - missing[node];
    threats[node] = attacks ? attackers.offsets[node + 1] - attackers.offsets[node] : 0;
  }

  /** @param {number} node @param {number} label */
  function set(node, label) {
    if (labels[node]) return;
    labels[node] = label;
    queue[end++] = node;
  }

  function spread() {
    while (first < end) {
      const node = queue[first++];
      const stands = labels[node] === STANDS;
      if (attacks) {
        for (const other of neighbours(attacked, node)) {
          if (stands) set(other, FALLS);
          else if (--threats[other] === 0 && missing[other] <= 0) set(other, STANDS);
        }
      }
      for (const other of neighbours(supported, node)) {
        if (!stands) {
          if (--spare[other] < 0) set(other, FALLS);
        } else if (--missing[other] === 0 && !threats[other]) set(other, STANDS);
      }
    }
  }

  return {
    labels,
    /** Labels all that follows from the struck nodes and from those that nothing bears on. @param {Iterable<number>} struck */
    start(struck) {
      for (const node of struck) set(node, FALLS);
      for (let node = 0; node < size; node++) {
        if (spare[node] < 0) set(node, FALLS);
        else if (!threats[node] && missing[node] <= 0) set(node, STANDS);
      }
      spread();
    },
    /** Lets the nodes of which `test` holds fall, and labels all that follows. @param {(node: number) => boolean} test */
    force(test) {
      for (const node of [...labels.keys()].filter(test)) set(node, FALLS);
      spread();
    },
  };
}

/**
 * What a strike weakens: it does not fall, but something that held it up does, and did not before.
 * @param {Framework} framework
 * @param {Uint8Array} before
 * @param {Uint8Array} after
 * @param {Iterable<number>} struck
 * @returns {Set<number>}
 */
export function weakened(framework, before, after, struck) {
  /** @type {Set<number>} */
  const found = new Set();
  const lost = new Set([...struck].filter((node) => before[node] !== FALLS));
  for (let node = 0; node < framework.items; node++) {
    if (after[node] !== before[node] && after[node] !== STANDS) lost.add(node);
  }
  for (const node of lost) {
    for (const other of neighbours(framework.supported, node)) {
      const above = framework.isStep(other) ? neighbours(framework.supported, other) : [other];
      for (const each of above) {
        if (!framework.isStep(each) && after[each] !== FALLS && after[each] === before[each] && !lost.has(each)) found.add(each);
      }
    }
  }
  return found;
}
