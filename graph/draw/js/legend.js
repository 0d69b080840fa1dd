// What colours, signs and line styles mean.

import {drawing, element} from "./dom.js";
import {say} from "./words.js";

const KINDS = ["motion", "claim", "rebuttal", "evidence"];
const LINKS = ["supports", "evidence", "rebuts", "undermines", "undercuts", "contradicts"];

/** @param {HTMLElement} legend */
export function fillLegend(legend) {
  legend.append(
    element(
      "ul",
      {},
      ...KINDS.map((kind) =>
        element(
          "li",
          { class: kind },
          element("span", { class: "glyph", "aria-hidden": "true" }, say(`glyph_${kind}`)),
          say(`kind_${kind}`),
        ),
      ),
      ...LINKS.map((style) => element("li", {}, sample(style), say(`legend_${style}`))),
      element("li", {}, element("span", { class: "joint", "aria-hidden": "true" }, say("glyph_step")), say("legend_premises")),
    ),
  );
}

/** @param {string} style */
function sample(style) {
  const svg = drawing(
    "svg",
    { class: "sample", viewBox: "0 0 36 14", "aria-hidden": "true" },
    drawing("path", { class: `link ${style === "contradicts" ? "cross contradicts" : style}`, d: "M1 7H35" }),
  );
  if (style === "undercuts") {
    svg.append(
      drawing("g", { class: "mark undercuts", transform: "translate(10 7)" }, drawing("circle", { r: 5.5 }), drawing("path", { d: "M-3.4 3.4L3.4 -3.4" })),
    );
  }
  return svg;
}
