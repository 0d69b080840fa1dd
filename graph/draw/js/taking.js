// The dialog in which somebody takes the map along: on paper, or as a picture.

import {byId, element} from "./dom.js";
import {pictureOf, toSvg} from "./picture.js";
import {PAPERS} from "./printing.js";
import {download, pngFile, svgFile} from "./saving.js";
import {say} from "./words.js";

/**
 * @param {import("./model.js").ArgMap} map
 * @param {import("./state.js").State} state
 * @param {{layer: HTMLElement, count: () => number, print: (paper: import("./printing.js").Paper, everything: boolean) => void,
 *   now: () => string, showMap: () => void, tell: (text: string, shown?: boolean) => void}} page
 */
export function createTaking(map, state, page) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("taking"));
  const amounts = choice("amount", ["shown", "all"], "taking");
  const papers = choice("paper", PAPERS, "paper");
  const made = ["svg", "png"].map((kind) => {
    const button = element("button", { type: "button", class: "quiet" }, say(`save_${kind}`));
    button.addEventListener("click", () => save(kind));
    return button;
  });
  const print = element("button", { type: "button", class: "quiet" }, say("paper_print"));
  print.addEventListener("click", () => {
    dialog.close();
    page.print(/** @type {import("./printing.js").Paper} */ (papers.value()), amounts.value() === "all");
  });
  const close = element("button", { type: "button", class: "icon close", "aria-label": say("close_taking"), title: say("close_taking") }, "×");
  close.addEventListener("click", () => dialog.close());
  dialog.append(
    element("div", { class: "head" }, element("h2", { id: "taking-title" }, say("taking")), close),
    amounts.box,
    element("fieldset", { class: "take" }, element("legend", {}, say("save_picture")), ...made),
    element("div", { class: "take" }, papers.box, print),
  );
  byId("take").addEventListener("click", () => {
    papers.set(page.now() === "map" ? "poster" : page.now());
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  /** @param {string} kind */
  async function save(kind) {
    dialog.close();
    page.showMap();
    const all = amounts.value() === "all";
    const draw = () => ({ svg: toSvg(pictureOf(page.layer), map.title), count: page.count() });
    const { svg, count } = all ? state.withEverything(draw) : draw();
    download(kind === "svg" ? svgFile(svg) : await pngFile(svg), `${map.id.replace(/[^\p{L}\p{N}-]+/gu, "-") || "map"}.${kind}`);
    page.tell(say(all && count < map.size ? "saved_part" : "saved", { count: count.toLocaleString("en"), all: map.size.toLocaleString("en") }), true);
  }
}

/**
 * One of several, as radio buttons.
 * @param {string} name
 * @param {readonly string[]} values
 * @param {string} words what the words for it begin with
 */
function choice(name, values, words) {
  const inputs = values.map((value, at) => element("input", { type: "radio", name, value, checked: at === 0 }));
  return {
    box: element(
      "fieldset",
      { class: "options" },
      element("legend", {}, say(`${words}_which`)),
      ...inputs.map((input, at) => element("label", {}, input, " ", say(`${words}_${values[at]}`))),
    ),
    value: () => inputs.find((input) => input.checked)?.value ?? values[0],
    /** @param {string} wanted */
    set(wanted) {
      for (const input of inputs) input.checked = input.value === wanted;
    },
  };
}
