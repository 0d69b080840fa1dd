// The whole map as a strip, a stroke an argument in reading order: what is open, what is in sight, and a way to jump.

import {byId, element, setAttribute} from "./dom.js";
import {say} from "./words.js";

const FEWEST = 30; // cards, below which a strip says nothing that the map does not
const LEVELS = 8; // levels that stand apart; deeper ones stand with the last

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {{go: (node: number) => void, scroller: HTMLElement}} does
 */
export function createStrip(map, state, { go, scroller }) {
  const strip = byId("strip");
  const canvas = element("canvas", { "aria-hidden": "true" });
  const sight = element("div", { class: "sight", "aria-hidden": "true" });
  strip.append(canvas, sight);
  strip.hidden = map.cards < FEWEST;
  /** @type {number[]} */
  let order = [];
  /** @type {Map<number, number>} */
  let places = new Map();
  /** @type {Set<number>} */
  let shown = new Set();
  let waiting = 0;
  let anew = false;

  /** The cards of the map in reading order, as far as nothing leaves them out. */
  function reread() {
    order = [];
    const stack = [...map.roots].reverse();
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (!map.isJoint(node)) order.push(node);
      for (let at = map.children[node].length - 1; at >= 0; at--) stack.push(map.children[node][at]);
    }
    places = new Map(order.map((node, at) => [node, at]));
    setAttribute(strip, "aria-valuemax", order.length);
  }

  function draw() {
    const width = strip.clientWidth;
    const height = strip.clientHeight;
    const pen = canvas.getContext("2d");
    if (!width || !height || !order.length || !pen) return;
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const style = getComputedStyle(strip);
    /** @type {Record<string, string>} */
    const colours = {};
    for (const kind of ["motion", "claim", "rebuttal", "evidence", "step"]) colours[kind] = style.getPropertyValue(`--${kind}`);
    shown = new Set(state.rows().map(({ node }) => node));
    const stroke = (height * scale) / order.length;
    const thick = Math.max(1, Math.min(stroke * 0.7, 4 * scale));
    const inset = 3 * scale;
    const room = width * scale - 2 * inset;
    // What is closed first, so that what is open is seen where a pixel stands for many.
    for (const open of [false, true]) {
      pen.globalAlpha = open ? 1 : 0.3;
      order.forEach((node, at) => {
        if (shown.has(node) !== open) return;
        const left = (Math.min(map.depth[node], LEVELS) / (LEVELS + 3)) * room;
        pen.fillStyle = colours[map.kind[node]];
        pen.fillRect(inset + left, at * stroke, room - left, thick);
      });
    }
    const at = places.get(state.selected);
    setAttribute(strip, "aria-valuenow", (at ?? 0) + 1);
    setAttribute(strip, "aria-valuetext", at === undefined ? say("strip_none") : say("strip_at", { at: at + 1, count: order.length, title: map.label[state.selected] }));
    if (at !== undefined) {
      pen.globalAlpha = 1;
      pen.fillStyle = style.getPropertyValue("--accent");
      pen.fillRect(0, at * stroke - scale, width * scale, Math.max(thick, 2 * scale) + scale);
    }
    look();
  }

  /** Marks what is in sight on the map. */
  function look() {
    const box = scroller.getBoundingClientRect();
    let first = Infinity;
    let last = -1;
    for (const card of scroller.querySelectorAll(".card[data-node]")) {
      const place = places.get(Number(card.getAttribute("data-node")));
      if (place === undefined) continue;
      const { top, bottom, left, right } = card.getBoundingClientRect();
      if (bottom < box.top || top > box.bottom || right < box.left || left > box.right) continue;
      first = Math.min(first, place);
      last = Math.max(last, place);
    }
    sight.hidden = last < 0;
    if (last < 0) return;
    const stroke = strip.clientHeight / order.length;
    sight.style.top = `${first * stroke}px`;
    sight.style.height = `${Math.max(6, (last - first + 1) * stroke)}px`;
  }

  /** With the next frame: all anew, or only what is in sight. @param {() => void} call draw or look */
  function soon(call) {
    anew = anew || call === draw;
    if (waiting || strip.hidden) return;
    waiting = requestAnimationFrame(() => {
      const whole = anew;
      waiting = 0;
      anew = false;
      if (whole) draw();
      else look();
    });
  }

  /** @param {PointerEvent | MouseEvent} event */
  function nodeAt(event) {
    const box = strip.getBoundingClientRect();
    const at = Math.floor(((event.clientY - box.top) / box.height) * order.length);
    return order[Math.max(0, Math.min(order.length - 1, at))];
  }

  strip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    strip.setPointerCapture(event.pointerId);
    go(nodeAt(event));
    strip.focus();
    event.preventDefault();
  });
  strip.addEventListener("pointermove", (event) => {
    const node = nodeAt(event);
    strip.title = map.label[node];
    if (strip.hasPointerCapture(event.pointerId) && node !== state.selected) go(node);
  });
  strip.addEventListener("keydown", (event) => {
    const at = places.get(state.selected) ?? -1;
    const page = Math.max(1, Math.round(order.length / 20));
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: order.length - 1 };
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(order[Math.max(0, Math.min(order.length - 1, steps[event.key]))]);
    strip.focus();
  });
  // Once the map rests: looking at every card in every frame takes a quarter of the frames of a large map.
  let rest = 0;
  const afterwards = () => {
    clearTimeout(rest);
    rest = setTimeout(() => soon(look), 120);
  };
  scroller.addEventListener("scroll", afterwards, { passive: true });
  state.onChange((change) => {
    if (change.map) reread();
    soon(draw);
  });
  new ResizeObserver(() => soon(draw)).observe(strip);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => soon(draw));
  reread();
}
