// The page: reads its data, puts the parts together, and says what changed.

import {addressOf, followAddress} from "./address.js";
import {argdownOf} from "./argdown.js";
import {createBoard} from "./board.js";
import {createClash} from "./clashview.js";
import {copy, textOf} from "./copying.js";
import {createCrumbs} from "./crumbs.js";
import {unpack} from "./data.js";
import {byId} from "./dom.js";
import {createFilters} from "./filters.js";
import {createFlow} from "./flowview.js";
import {createJudging} from "./judging.js";
import {fillLegend} from "./legend.js";
import {listenForLongPress} from "./longpress.js";
import {readMap} from "./model.js";
import {createOutline} from "./outline.js";
import {createPanel} from "./panel.js";
import {createPrinting} from "./printing.js";
import {createSearchBox} from "./searchbox.js";
import {createSpeeches} from "./speeches.js";
import {createState} from "./state.js";
import {createStrip} from "./strip.js";
import {createTaking} from "./taking.js";
import {createViewport} from "./viewport.js";
import {createViews} from "./views.js";
import {say, useWords} from "./words.js";

async function start() {
  useWords(JSON.parse(byId("words").textContent ?? "{}"));
  fillLegend(byId("legend"));
  try {
    show(readMap(await unpack(byId("map"))));
  } catch (problem) {
    notice(say("broken", { problem: String(problem) }));
    throw problem;
  }
}

/** @param {string} text */
function notice(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = !text;
}

/** @param {import("./model.js").ArgMap} map */
function show(map) {
  const state = createState(map);
  const layer = byId("layer");
  const viewport = createViewport(byId("scroller"), byId("sheet"), layer, showZoom);
  const board = createBoard(map, state, viewport, layer);
  const status = byId("status");
  let hiding = 0;
  /** Says what changed, to screen readers; `shown` to everybody, for a while. @param {string} text @param {boolean} [shown] */
  const tell = (text, shown = false) => {
    status.textContent = text;
    status.classList.toggle("unseen", !shown);
    clearTimeout(hiding);
    if (shown) hiding = setTimeout(() => status.classList.add("unseen"), 5000);
  };
  const tellFull = () => tell(say("full", { total: board.count() }), true);
  const searchBox = createSearchBox(map, {
    tell,
    onHit: (node) => state.select(node, { reveal: true }),
    onHits: markHits,
  });

  /** Opens or closes a card, and says so. @param {number} node @param {boolean} [wanted] */
  function toggle(node, wanted) {
    const done = state.toggle(node, wanted);
    const title = map.label[node];
    if (done === null) tellFull();
    else if (done) {
      const below = map.children[node].length;
      tell(say(state.isOpen(node) ? "opened" : "closed", { title, count: below, total: board.count() }));
    }
  }

  /** What a click or Enter does: the first shows a card and opens it, the next closes it. @param {number} node */
  function pick(node) {
    const again = state.selected === node;
    state.select(node);
    if (again || !state.isOpen(node)) toggle(node);
  }

  /** @param {import("./state.js").Row} row */
  function more(row) {
    if (!state.showMore(row)) tellFull();
  }

  /** @param {number} node */
  function go(node) {
    state.select(node, { reveal: true });
    if (views.now === "map") board.focus(board.rowOf(node));
    else views.reveal(node);
  }

  function unselect() {
    const row = board.rowOf(state.selected);
    const { selected } = state;
    state.select(-1);
    if (views.now !== "map") views.reveal(selected);
    else if (row) board.focus(board.rowOf(row.node));
  }

  /** @type {Set<number>} */
  let hits = new Set();
  /** @param {number[]} nodes */
  function markHits(nodes) {
    hits = new Set(nodes);
    showHits();
  }
  function showHits() {
    for (const card of board.tree.children) {
      card.classList.toggle("hit", hits.has(Number(card.getAttribute("data-node") ?? -1)));
    }
  }

  const judging = createJudging(map, state, { tell, go });
  map.badges = judging.badges;
  map.isContext = createFilters(map, state, judging, tell).isContext;
  const outline = createOutline(map, state, byId("outline"), { onPick: pick, onToggle: toggle, onMore: more });
  createPanel(map, state, byId("panel"), {
    onGo: go,
    onClose: unselect,
    onOnly: (node) => state.focus(node),
    about: judging.about,
    onCopy: async (node, what) => {
      const link = () => location.href.split("#")[0] + addressOf(map, node);
      const text = what === "link" ? link() : what === "text" ? textOf(map, node) : argdownOf(map, node);
      tell((await copy(text)) ? say(`copied_${what}`) : what === "link" ? text : say("not_copied"), true);
    },
  });
  createCrumbs(map, state, byId("crumbs"));
  const flow = createFlow(map, state, byId("view-flow"), (node) => state.select(node));
  const clash = createClash(map, state, byId("view-clash"), (node) => state.select(node));
  const views = createViews(
    {
      map: {
        open() {
          byId("view-map").hidden = false;
          board.redraw(); // hidden cards have no height
          board.show(state.selected);
        },
        close: () => void (byId("view-map").hidden = true),
        reveal: (node, focus) => {
          if (focus) board.focus(board.rowOf(node));
          return true;
        },
      },
      outline: { open: () => outline.show(), reveal: (node, focus) => outline.reveal(node, focus) },
      flow,
      clash,
    },
    state,
    tell,
  );
  state.onChange(showHits);
  // Last, since the panel takes room from the map when it opens.
  state.onChange((change) => {
    if (change.reveal) board.show(state.selected);
  });

  listenForLongPress(board.tree, (event) => {
    const row = board.rowAt(event.target);
    if (!row || row.node < 0) return false;
    state.select(row.node);
    return true;
  });
  board.tree.addEventListener("click", (event) => {
    const row = board.rowAt(event.target);
    if (!row || String(getSelection() ?? "")) return;
    if (row.node < 0) more(row);
    else if (event.target instanceof Element && event.target.closest(".strike")) judging.strike(row.node);
    else if (event.target instanceof Element && event.target.closest(".below")) {
      state.select(row.node);
      toggle(row.node);
    } else pick(row.node);
    board.focus(row.node < 0 ? board.rowOf(row.parent) : board.rowOf(row.node));
  });
  board.tree.addEventListener("keydown", (event) => {
    const row = board.rowAt(event.target);
    if (row && !event.altKey && !event.ctrlKey && !event.metaKey && key(event.key, row)) event.preventDefault();
  });

  /** @param {string} name @param {import("./board.js").Drawn} row */
  function key(name, row) {
    const { node } = row;
    const can = node >= 0 && map.children[node].length > 0 && !row.joint;
    if (name === "ArrowDown") board.focus(board.neighbour(row, 1));
    else if (name === "ArrowUp") board.focus(board.neighbour(row, -1));
    else if (name === "Home") board.focus(board.first());
    else if (name === "End") board.focus(board.last());
    else if (name === "ArrowRight") {
      if (can && !state.isOpen(node)) {
        toggle(node, true);
        board.focus(board.rowOf(node));
      } else if (node >= 0 && map.children[node].length) board.focus(board.neighbour(row, 1));
    } else if (name === "ArrowLeft") {
      if (can && state.isOpen(node)) {
        toggle(node, false);
        board.focus(board.rowOf(node));
      } else if (row.parent >= 0) board.focus(board.rowOf(row.parent));
    } else if (name === "x" && judging.on && node >= 0) {
      judging.strike(node);
      board.focus(board.rowOf(node));
    } else if (name === "Enter" || name === " ") {
      if (node < 0) more(row);
      else pick(node);
      board.focus(board.rowOf(node < 0 ? row.parent : node));
    } else return false;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && state.selected >= 0) unselect();
    else if (event.key === "/" && !typing) searchBox.focus();
    else return;
    event.preventDefault();
  });

  /** @param {number} zoom */
  function showZoom(zoom) {
    const percent = Math.round(zoom * 100);
    byId("zoom-reset").textContent = `${percent}%`;
    byId("zoom-reset").setAttribute("aria-label", say("zoom_reset", { percent }));
  }

  byId("zoom-in").addEventListener("click", () => viewport.zoomTo(viewport.zoom * 1.2));
  byId("zoom-out").addEventListener("click", () => viewport.zoomTo(viewport.zoom / 1.2));
  byId("zoom-reset").addEventListener("click", () => viewport.zoomTo(1));
  byId("open-level").addEventListener("click", () => {
    if (!state.openLevel()) tellFull();
  });
  byId("close-all").addEventListener("click", () => state.closeAll());
  byId("toggle-outline").addEventListener("click", () => showOutline(byId("outline").hidden));

  /** @param {boolean} wanted */
  function showOutline(wanted) {
    byId("outline").hidden = !wanted;
    byId("toggle-outline").setAttribute("aria-pressed", String(wanted));
  }

  const showMap = () => views.show("map");
  const printing = createPrinting(map, state, byId("paper"), {
    layer,
    showMap,
    now: () => views.now,
    makeAll: (view) => {
      views.show(view);
      (view === "flow" ? flow : clash).makeAll();
    },
  });
  createTaking(map, state, { layer, showMap, tell, print: printing.print, count: board.count, now: () => views.now });
  createStrip(map, state, { scroller: byId("scroller"), go: (node) => state.select(node, { reveal: true }) });
  showZoom(1);
  showOutline(innerWidth >= 900);
  /** @type {HTMLDetailsElement} */ (byId("legend")).open = innerWidth >= 1100;
  state.openFirst();
  if (!map.size) notice(say("empty"));
  followAddress(map, state, [views.kept, createSpeeches(map, state, tell).kept, judging.kept]);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) board.redraw();
    width = innerWidth;
  });
  document.documentElement.dataset.ready = "yes";
}

start();
