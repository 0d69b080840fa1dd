// What is open and what is selected. Changes are told to those who asked, once a change.

const PAGE = 40; // children shown of one card before it asks
export const CAP = 1200; // cards drawn at once
const SCREEN = 24; // cards that one screen shows legibly

const WAY = 24; // levels shown above a card that lies too deep to show all

/**
 * @typedef {object} Change
 * @property {boolean} shape whether what is drawn changed
 * @property {number} anchor the card that stays where it is; -1 for none
 * @property {boolean} reveal whether the selected card should come into view
 * @property {boolean} focus whether another part of the map is shown
 * @property {boolean} map whether the map itself holds more or less than before
 * @property {boolean} still whether it is for a moment only, and nothing should move
 */

/**
 * One row of what is drawn. A row of node -1 stands for `rest` children that are not shown,
 * before or after those that are.
 * @typedef {object} Row
 * @property {number} node
 * @property {number} above place of the parent's row; -1 for roots
 * @property {number} parent node of the parent; -1 for roots
 * @property {number} group which of the parent's groups it is in
 * @property {number} rest
 * @property {boolean} before
 */

/** @typedef {ReturnType<typeof createState>} State */

/** @param {import("./model.js").ArgMap} map */
export function createState(map) {
  /** @type {Set<number>} */
  const open = new Set();
  /** @type {Map<string, [number, number]>} */
  const windows = new Map();
  /** @type {((change: Change) => void)[]} */
  const listeners = [];
  let selected = -1;
  let top = -1; // the root of the part that is shown; -1 for the whole map

  /** @param {Partial<Change>} change */
  function tell(change) {
    for (const listener of listeners) listener({ shape: false, anchor: -1, reveal: false, focus: false, map: false, still: false, ...change });
  }

  /** @param {number} node */
  const isOpen = (node) => map.isJoint(node) || open.has(node);
  /** Which of a group are shown: from, to. @param {number} parent @param {number} group */
  const windowOf = (parent, group) => windows.get(`${parent} ${group}`) ?? [0, PAGE];
  /** The children of a node that are shown when it is open. @param {number} parent */
  const shownOf = (parent) =>
    map.groups(parent).flatMap((nodes, group) => nodes.slice(...windowOf(parent, group)));

  /**
   * How many rows opening `node` adds.
   * @param {number} node
   */
  function cost(node) {
    let count = 0;
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      // A group that is not shown whole has cards that say so.
      map.groups(next).forEach((nodes, group) => {
        const [from, to] = windowOf(next, group);
        count += Number(from > 0) + Number(to < nodes.length);
      });
      for (const child of shownOf(next)) {
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
    /** @param {number} parent @param {number} above */
    const push = (parent, above) => {
      /** @type {Row[]} */
      const next = [];
      map.groups(parent).forEach((nodes, group) => {
        const [from, to] = windowOf(parent, group);
        const row = { node: -1, above, parent, group, rest: 0, before: false };
        if (from > 0) next.push({ ...row, rest: from, before: true });
        for (const node of nodes.slice(from, to)) next.push({ ...row, node });
        if (to < nodes.length) next.push({ ...row, rest: nodes.length - to });
      });
      for (let row = next.pop(); row; row = next.pop()) waiting.push(row);
    };
    if (top < 0) push(-1, -1);
    else waiting.push({ node: top, above: -1, parent: -1, group: 0, rest: 0, before: false });
    for (let row = waiting.pop(); row; row = waiting.pop()) {
      const place = found.push(row) - 1;
      if (row.node >= 0 && isOpen(row.node)) push(row.node, place);
    }
    return found;
  }

  /** @param {number} node */
  function openUpTo(node) {
    let child = node;
    for (let above = map.parent[node]; ; above = map.parent[above]) {
      map.groups(above).forEach((nodes, group) => {
        const place = nodes.indexOf(child);
        const [from, to] = windowOf(above, group);
        if (place < 0 || (place >= from && place < to)) return;
        const page = Math.floor(place / PAGE) * PAGE;
        const near = page <= to && page + PAGE >= from;
        windows.set(`${above} ${group}`, [near ? Math.min(from, page) : page, near ? Math.max(to, page + PAGE) : page + PAGE]);
      });
      if (above < 0) return;
      open.add(above);
      child = above;
    }
  }

  /** Shows the way to `node` alone where the map has no room for all that is open. @param {number} node */
  function makeRoom(node) {
    if (rows().length <= CAP) return;
    open.clear();
    windows.clear();
    openUpTo(node);
    if (rows().length <= CAP) return;
    top = node;
    for (let level = 0; level < WAY && map.parent[top] >= 0; level++) top = map.parent[top];
    top = rootFor(top);
    for (const above of open) if (map.depth[above] < map.depth[top]) open.delete(above);
  }

  /** The node itself, or what it hangs on where it is no card that can stand alone. @param {number} node */
  function rootFor(node) {
    let found = node;
    while (found >= 0 && map.isJoint(found)) found = map.parent[found];
    return found;
  }

  /** @param {number} node */
  function isWithin(node) {
    let above = node;
    while (above >= 0 && above !== top) above = map.parent[above];
    return above === top;
  }

  return {
    isOpen,
    rows,
    get selected() {
      return selected;
    },
    get top() {
      return top;
    },
    /** @param {(change: Change) => void} listener */
    onChange(listener) {
      listeners.push(listener);
    },

    /** Opens what a first screen can show: level by level, then what still fits, in reading order. */
    openFirst() {
      open.clear();
      windows.clear();
      top = map.within < 0 ? -1 : rootFor(map.within);
      if (top >= 0) openUpTo(top); // for whoever goes back to the whole map
      const most = map.openTo === null ? SCREEN : CAP;
      const motions = map.roots.filter((root) => map.kind[root] === "motion");
      let level = top >= 0 ? [top] : motions.length ? motions : map.roots.slice(0, PAGE);
      let count = top >= 0 ? 1 : motions.length || rows().length;
      let whole = true;
      for (let depth = 0; level.length && whole && depth < (map.openTo ?? Infinity); depth++) {
        /** @type {number[]} */
        const next = [];
        for (const node of level) {
          if (!map.children[node].length) continue;
          // The motion is always open; where it has too many children, some wait for a click.
          if (!open.size && count + cost(node) > most) {
            const groups = map.groups(node);
            const each = Math.max(1, Math.floor((most - count) / groups.length) - 1);
            groups.forEach((_, group) => windows.set(`${node} ${group}`, [0, each]));
          }
          const added = cost(node);
          if (count + added > most && open.size) {
            whole = false;
            continue;
          }
          open.add(node);
          count += added;
          next.push(...shownOf(node));
        }
        level = next.flatMap((node) => (map.isJoint(node) ? map.children[node] : [node]));
      }
      tell({ shape: true, focus: top >= 0 });
    },

    /** Shows one part of the map alone; -1 shows the whole. @param {number} node */
    focus(node) {
      top = rootFor(node);
      if (top >= 0) open.add(top);
      if (selected >= 0) openUpTo(selected);
      if (top >= 0 && (selected < 0 || !isWithin(selected))) selected = top;
      makeRoom(selected >= 0 ? selected : map.roots[0]);
      tell({ shape: true, reveal: true, focus: true });
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

    /** Shows more of the children that a row stands for. @param {Row} row */
    showMore({ parent, group, before }) {
      if (rows().length + PAGE > CAP) return false;
      const [from, to] = windowOf(parent, group);
      windows.set(`${parent} ${group}`, before ? [Math.max(0, from - PAGE), to] : [from, to + PAGE]);
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

    /**
     * What `call` answers while all of the part that is shown is open, as far as the cap allows.
     * @template Answer
     * @param {() => Answer} call
     * @returns {Answer}
     */
    withEverything(call) {
      const before = { open: [...open], windows: [...windows] };
      let count = rows().length;
      const waiting = top < 0 ? [-1] : [top];
      for (let place = 0; place < waiting.length && count <= CAP; place++) {
        const node = waiting[place];
        const groups = map.groups(node);
        const more = groups.reduce((sum, nodes, group) => sum + nodes.length - (isOpen(node) || node < 0 ? nodes.slice(...windowOf(node, group)).length : 0), 0);
        if (count + more > CAP) break;
        groups.forEach((nodes, group) => windows.set(`${node} ${group}`, [0, nodes.length]));
        if (node >= 0) open.add(node);
        count = count + more;
        for (const child of groups.flat()) if (map.children[child].length) waiting.push(child);
      }
      tell({ shape: true, still: true });
      try {
        return call();
      } finally {
        open.clear();
        windows.clear();
        for (const node of before.open) open.add(node);
        for (const [key, range] of before.windows) windows.set(key, range);
        tell({ shape: true, still: true });
      }
    },

    closeAll() {
      open.clear();
      windows.clear();
      top = -1;
      for (const root of map.roots.slice(0, PAGE)) if (map.kind[root] === "motion") open.add(root);
      let shown = selected;
      while (shown >= 0 && map.parent[shown] >= 0 && !isShown(shown)) shown = map.parent[shown];
      selected = shown;
      tell({ shape: true, reveal: true, focus: true });
    },

    /**
     * The map holds more or less now, or says something else of its cards: nothing that it left out stays
     * selected, and the way to `fresh` is open.
     * @param {number[]} fresh
     * @param {boolean} [still]
     */
    refresh(fresh, still = false) {
      while (selected >= 0 && !map.isShown(selected)) selected = map.parent[selected];
      while (top >= 0 && !map.isShown(top)) top = map.parent[top];
      for (const node of fresh) {
        if (rows().length + PAGE > CAP) break;
        openUpTo(node);
      }
      tell({ shape: true, map: true, anchor: selected, still });
    },

    /** @param {number} node @param {{reveal?: boolean}} [options] */
    select(node, { reveal = false } = {}) {
      const before = rows();
      const topBefore = top;
      if (node >= 0 && reveal) {
        if (!isWithin(node)) top = -1;
        openUpTo(node);
        makeRoom(node);
      }
      const shape = reveal && (topBefore !== top || !sameRows(before, rows()));
      selected = node;
      tell({ shape, reveal, focus: topBefore !== top });
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

/** @param {Row[]} a @param {Row[]} b */
function sameRows(a, b) {
  return a.length === b.length && a.every((row, at) => row.node === b[at].node && row.rest === b[at].rest);
}
