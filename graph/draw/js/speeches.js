// Play by speech: the map as it stood after each speech, where the map says which speech each argument is of.

import {byId, drawing, element} from "./dom.js";
import {say} from "./words.js";

const PACE = 2000; // milliseconds that a speech stays while it plays

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {(text: string) => void} tell
 */
export function createSpeeches(map, state, tell) {
  const { names, of } = map.speeches;
  const end = names.length; // the whole map
  /** @type {(() => void)[]} */
  const listeners = [];
  const since = arrivals();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let now = end;
  let playing = 0;

  const toggle = byId("toggle-speeches");
  const bar = byId("speeches");
  const slider = element("input", { type: "range", min: 0, max: end, value: end, "aria-label": say("speech_slider") });
  const output = element("output", { class: "speech-now" });
  const previous = step("speech_previous", "M10 4l-4 4 4 4", () => show(now - 1));
  const next = step("speech_next", "M6 4l4 4-4 4", () => show(now + 1));
  const play = element("button", { type: "button", class: "quiet" });
  bar.append(previous, slider, next, play, output);
  toggle.hidden = end < 2;

  /** When each node arrives: with its own speech, and not before what it hangs on. */
  function arrivals() {
    const found = new Int16Array(map.size);
    if (of.length) {
      for (let node = 0; node < map.size; node++) {
        const above = map.parent[node];
        found[node] = Math.max(of[node], above < 0 ? 0 : found[above]);
      }
    }
    return found;
  }

  /** @param {number} wanted */
  function show(wanted) {
    const at = Math.max(0, Math.min(end, wanted));
    if (at !== now) {
      const before = now;
      now = at;
      map.limit("speech", now < end ? (node) => since[node] <= now : null);
      const fresh = [];
      if (before < now && now < end) {
        for (let node = 0; node < map.size; node++) if (since[node] > before && since[node] <= now && of[node] >= 0) fresh.push(node);
      }
      document.body.dataset.speech = now < end ? names[now] : "";
      state.refresh(fresh);
      for (const listener of listeners) listener();
      tell(spoken());
    }
    update();
  }

  function spoken() {
    if (now === end) return say("speech_whole");
    const arguments_ = since.reduce((count, at, node) => count + (at <= now && !map.isJoint(node) ? 1 : 0), 0);
    return say("speech_after", { speech: names[now], count: arguments_.toLocaleString("en") });
  }

  function update() {
    slider.value = String(now);
    slider.setAttribute("aria-valuetext", spoken());
    output.textContent = spoken();
    previous.disabled = now === 0;
    next.disabled = now === end;
    play.textContent = say(playing ? "speech_pause" : "speech_play");
    play.hidden = still.matches;
    if (still.matches) stop();
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
  }

  /** @param {string} name @param {string} path @param {() => void} call */
  function step(name, path, call) {
    const button = element("button", { type: "button", class: "icon", "aria-label": say(name), title: say(name) });
    button.append(drawing("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, drawing("path", { d: path })));
    button.addEventListener("click", () => {
      stop();
      call();
    });
    return button;
  }

  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  play.addEventListener("click", () => {
    if (playing) {
      stop();
      return update();
    }
    if (now === end) show(0);
    playing = window.setInterval(() => {
      show(now + 1);
      if (now === end) {
        stop();
        update();
      }
    }, PACE);
    update();
  });
  still.addEventListener("change", update);
  toggle.addEventListener("click", () => {
    open(bar.hidden);
    if (bar.hidden) show(end);
  });

  /** @param {boolean} wanted */
  function open(wanted) {
    bar.hidden = !wanted;
    toggle.setAttribute("aria-pressed", String(wanted));
    if (!wanted) stop();
  }
  update();

  return {
    /** What the address keeps of it. @type {import("./address.js").Kept} */
    kept: {
      name: "speech",
      passing: true,
      read: () => (now < end ? names[now] : ""),
      write(name) {
        const at = names.indexOf(name);
        if (at >= 0) open(true);
        show(at < 0 ? end : at);
      },
      onChange: (listener) => void listeners.push(listener),
    },
  };
}
