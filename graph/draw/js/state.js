// What is open and what is selected. Changes are told to those who asked, once a change.

const PAGE = 40; // children shown of one card before it asks
export const CAP = 1200; // cards drawn at once
const SCREEN = 24; // cards that one screen shows legibly

/**
 * @typedef {object} Change
 * @property {boolean} shape whether what is drawn changed
 * @property {number} anchor the card that stays where it is; -1 for none
 * @property {boolean} reveal whether the selected card should come into view
 */

/**
 * One row of what is drawn. A row of node -1 stands for `rest` children that are not shown.
 * @typedef {object} Row
 * @property {number} node
 * @property {number} above place of the parent's row; -1 for roots
 * @property {number} parent node of the parent; -1 for roots
 * @property {number} rest
 */

/** @typedef {ReturnType<typeof createState>} State */

/** @param {import("./model.js").ArgMap} map */
export function createState(map) {
  /** @type {Set<number>} */
  const open = new Set();
  /** @type {Map<number, number>} */
  const limits = new Map();
  /** @type {((change: Change) => void)[]} */
  const listeners = [];
  let selected = -1;

  /** @param {Partial<Change>} change */
  function tell(change) {
    for (const listener of listeners) listener({ shape: false, anchor: -1, reveal: false, ...change });
  }

  /** @param {number} node */
  const isOpen = (node) => map.isJoint(node) || open.has(node);
  /** @param {number} parent */
  const limit = (parent) => limits.get(parent) ?? PAGE;

  /**
   * How many rows opening `node` adds.
   * @param {number} node
   */
  function cost(node) {
    let count = 0;
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const child of map.children[next].slice(0, limit(next))) {
        if (!map.isJoint(child)) count++;
        if (isOpen(child)) waiting.push(child);
      }
    }
    return count;
  }

  /** Every row that is drawn, a parent before its children. @returns {Row[]} */
  function rows() {
    /** @type {Row[]} */
    const found = [];
    /** @type {Row[]} */
    const waiting = [];
    /** @param {readonly number[]} nodes @param {number} above @param {number} parent */
    const push = (nodes, above, parent) => {
      const shown = Math.min(nodes.length, limit(parent));
      if (shown < nodes.length) waiting.push({ node: -1, above, parent, rest: nodes.length - shown });
      for (let place = shown - 1; place >= 0; place--) {
        waiting.push({ node: nodes[place], above, parent, rest: 0 });
      }
    };
    push(map.roots, -1, -1);
    for (let row = waiting.pop(); row; row = waiting.pop()) {
      const place = found.push(row) - 1;
      if (row.node >= 0 && isOpen(row.node)) push(map.children[row.node], place, row.node);
    }
    return found;
  }

  /** @param {number} node */
  function openUpTo(node) {
    let child = node;
    for (let above = map.parent[node]; ; above = map.parent[above]) {
      const siblings = above < 0 ? map.roots : map.children[above];
      const place = siblings.indexOf(child);
      if (place >= limit(above)) limits.set(above, Math.ceil((place + 1) / PAGE) * PAGE);
      if (above < 0) return;
      open.add(above);
      child = above;
    }
  }

  return {
    isOpen,
    rows,
    get selected() {
      return selected;
    },
    /** @param {(change: Change) => void} listener */
    onChange(listener) {
      listeners.push(listener);
    },

    /** Opens what a first screen can show: level by level, then what still fits, in reading order. */
    openFirst() {
      open.clear();
      limits.clear();
      let count = rows().filter((row) => row.node >= 0).length;
      let level = map.roots.slice(0, PAGE);
      for (let depth = 0; level.length; depth++) {
        if (map.openTo !== null && depth >= map.openTo) break;
        const next = [];
        for (const node of level) {
          const added = cost(node);
          const fits = count + added <= (map.openTo === null ? SCREEN : CAP);
          if (!map.children[node].length || !fits) continue;
          open.add(node);
          count += added;
          next.push(...map.children[node].slice(0, PAGE));
        }
        level = next.flatMap((node) => (map.isJoint(node) ? map.children[node] : [node]));
      }
      tell({ shape: true });
    },

    /** @param {number} node @param {boolean} [wanted] */
    toggle(node, wanted = !open.has(node)) {
      if (!map.children[node].length || map.isJoint(node) || wanted === open.has(node)) return false;
      if (wanted && rows().length + cost(node) > CAP) return null;
      if (wanted) open.add(node);
      else open.delete(node);
      tell({ shape: true, anchor: node });
      return true;
    },

    /** Shows more children of `parent` (-1: more roots). @param {number} parent */
    showMore(parent) {
      if (rows().length + PAGE > CAP) return false;
      limits.set(parent, limit(parent) + PAGE);
      tell({ shape: true, anchor: parent });
      return true;
    },

    /** Opens all that is drawn and closed, as far as the cap allows; whether it all fitted. */
    openLevel() {
      let count = rows().length;
      let all = true;
      for (const row of rows()) {
        if (row.node < 0 || isOpen(row.node) || !map.children[row.node].length) continue;
        const added = cost(row.node);
        if (count + added > CAP) {
          all = false;
          continue;
        }
        open.add(row.node);
        count += added;
      }
      tell({ shape: true, anchor: selected });
      return all;
    },

    closeAll() {
      open.clear();
      limits.clear();
      for (const root of map.roots.slice(0, PAGE)) if (map.kind[root] === "motion") open.add(root);
      let shown = selected;
      while (shown >= 0 && map.parent[shown] >= 0 && !isShown(shown)) shown = map.parent[shown];
      selected = shown;
      tell({ shape: true, reveal: true });
    },

    /** @param {number} node @param {{reveal?: boolean}} [options] */
    select(node, { reveal = false } = {}) {
      const before = rows().length;
      if (node >= 0 && reveal) openUpTo(node);
      const shape = reveal && rows().length !== before;
      if (selected === node && !shape) return tell({ reveal });
      selected = node;
      tell({ shape, reveal });
    },
  };

  /** @param {number} node */
  function isShown(node) {
    for (let above = map.parent[node]; above >= 0; above = map.parent[above]) {
      if (!isOpen(above)) return false;
    }
    return true;
  }
}
