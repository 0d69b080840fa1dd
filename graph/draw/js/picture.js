// The drawn cards and links as one SVG of shapes and text, which needs no style sheet, no script and no fonts of its own.

import {drawing} from "./dom.js";
import {linesOf, plainColour} from "./textlines.js";

/**
 * A card as shapes, and where it is.
 * @typedef {object} Piece
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {SVGElement} shapes
 */

/** @typedef {{pieces: Piece[], links: SVGElement, width: number, height: number, ground: string, fonts: string}} Picture */

const MARGIN = 28;
/** @type {Record<string, string>} */
const DASHES = { dashed: "3 2", dotted: "1 2" };
const NO_XML = /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * What is drawn in `layer` now, in the drawing's own lengths whatever the zoom.
 * @param {HTMLElement} layer
 * @returns {Picture}
 */
export function pictureOf(layer) {
  const links = /** @type {SVGSVGElement} */ (layer.querySelector("svg.links"));
  const cards = /** @type {HTMLElement[]} */ ([...layer.querySelectorAll(".tree > .card, .tree > .joint")]);
  const scroller = layer.closest(".scroller");
  const scrolled = scroller?.scrollLeft ?? 0;
  if (scroller) scroller.scrollLeft = 0; // the words of a banner stay in sight, wherever it begins
  // A card out of sight is laid out only where it is asked to be.
  for (const card of cards) card.classList.remove("placed");
  const origin = layer.getBoundingClientRect();
  const zoom = new DOMMatrixReadOnly(getComputedStyle(layer).transform).a || 1;
  /** @param {DOMRect} box */
  const own = (box) => new DOMRect((box.x - origin.x) / zoom, (box.y - origin.y) / zoom, box.width / zoom, box.height / zoom);
  const pieces = cards.map((card) => pieceOf(card, own));
  for (const card of cards) card.classList.add("placed");
  if (scroller) scroller.scrollLeft = scrolled;
  const body = getComputedStyle(document.body);
  return {
    pieces,
    links: linksOf(links),
    width: pieces.reduce((most, { x, width }) => Math.max(most, x + width), 0),
    height: pieces.reduce((most, { y, height }) => Math.max(most, y + height), 0),
    ground: body.backgroundColor,
    fonts: body.fontFamily,
  };
}

/**
 * The picture as an SVG element that can stand alone.
 * @param {Picture} picture
 * @param {string} title
 */
export function toSvg({ pieces, links, width, height, ground, fonts }, title) {
  const [wide, high] = [Math.ceil(width + 2 * MARGIN), Math.ceil(height + 2 * MARGIN)];
  return drawing(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width: wide, height: high, viewBox: `${-MARGIN} ${-MARGIN} ${wide} ${high}`, "font-family": fonts, role: "img" },
    drawing("title", {}, title.replace(NO_XML, "\ufffd")),
    drawing("rect", { x: -MARGIN, y: -MARGIN, width: wide, height: high, fill: ground }),
    links,
    ...pieces.map(({ shapes }) => shapes),
  );
}

/** Links and marks with what the style sheet says of them. @param {SVGSVGElement} svg */
function linksOf(svg) {
  const group = drawing("g", {});
  /** @param {Element} from @param {Element} to */
  const take = (from, to) => {
    for (const child of from.children) {
      if (child.classList.contains("way") || child.classList.contains("now")) continue;
      const made = drawing(child.tagName, {});
      for (const name of ["d", "transform", "r", "cx", "cy"]) {
        const value = child.getAttribute(name);
        if (value !== null) made.setAttribute(name, value);
      }
      if (child.tagName !== "g") paint(made, getComputedStyle(child));
      take(child, made);
      to.append(made);
    }
  };
  take(svg, group);
  return group;
}

/** @param {SVGElement} shape @param {CSSStyleDeclaration} style */
function paint(shape, style) {
  shape.setAttribute("fill", plainColour(style.fill));
  shape.setAttribute("stroke", plainColour(style.stroke));
  shape.setAttribute("stroke-width", style.strokeWidth.replace("px", ""));
  if (style.strokeDasharray !== "none") shape.setAttribute("stroke-dasharray", style.strokeDasharray.replaceAll("px", ""));
  if (style.strokeLinecap !== "butt") shape.setAttribute("stroke-linecap", style.strokeLinecap);
}

/**
 * @param {HTMLElement} card
 * @param {(box: DOMRect) => DOMRect} own
 * @returns {Piece}
 */
function pieceOf(card, own) {
  const box = own(card.getBoundingClientRect());
  const group = drawing("g", {});
  const kind = getComputedStyle(card).getPropertyValue("--kind");
  if (card.classList.contains("joint")) {
    const style = getComputedStyle(card);
    group.append(drawing("circle", {
      cx: box.x + box.width / 2, cy: box.y + box.height / 2, r: box.width / 2 - 1,
      fill: style.backgroundColor, stroke: style.borderTopColor, "stroke-width": 1.5,
    }));
  } else {
    if (card.classList.contains("closed")) group.append(boxShape(card, new DOMRect(box.x + 3, box.y + 4, box.width - 6, box.height)));
    group.append(boxShape(card, box), drawing("rect", { x: box.x, y: box.y, width: 3, height: box.height, rx: 1.5, fill: kind }));
  }
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll(".glyph, .side, .badge"))) {
    const spot = each.getBoundingClientRect();
    if (spot.width) group.append(boxShape(each, own(spot)));
  }
  const turn = card.querySelector(".below .twist");
  if (turn) {
    const { x, y, width, height } = own(turn.getBoundingClientRect());
    const [cx, cy] = [x + width / 2, y + height / 2];
    const open = card.getAttribute("aria-expanded") === "true";
    group.append(drawing("path", {
      d: open ? `M${cx - 3} ${cy - 1.5}l3 3l3 -3` : `M${cx - 1.5} ${cy - 3}l3 3l-3 3`,
      fill: "none", stroke: getComputedStyle(turn).color, "stroke-width": 1.5,
    }));
  }
  for (const line of linesOf(card)) {
    const spot = own(line.box);
    const rtl = line.direction === "rtl";
    group.append(drawing("text", {
      x: round(rtl ? spot.right : spot.x), y: round(spot.y + spot.height * line.ascent), "font-size": line.size,
      "font-weight": line.weight === "400" ? null : line.weight, "font-style": line.italic ? "italic" : null,
      direction: rtl ? "rtl" : null, "text-decoration": line.struck ? "line-through" : null, fill: line.colour,
    }, line.text.replace(NO_XML, "\ufffd")));
  }
  return { x: box.x, y: box.y, width: box.width, height: box.height, shapes: group };
}

/** @param {HTMLElement} element @param {DOMRect} box */
function boxShape(element, box) {
  const style = getComputedStyle(element);
  const line = element.getAttribute("aria-selected") === "true" ? style.getPropertyValue("--line") : style.borderTopColor;
  const radius = style.borderTopLeftRadius;
  const thick = parseFloat(style.borderTopWidth);
  return drawing("rect", {
    x: round(box.x + thick / 2), y: round(box.y + thick / 2), width: round(box.width - thick), height: round(box.height - thick),
    rx: round(radius.endsWith("%") ? box.width / 2 : Math.min(parseFloat(radius), box.height / 2)),
    fill: style.backgroundColor === "rgba(0, 0, 0, 0)" ? "none" : plainColour(style.backgroundColor),
    stroke: thick ? plainColour(line) : null, "stroke-width": thick || null,
    "stroke-dasharray": thick ? DASHES[style.borderTopStyle] : null,
  });
}

/** @param {number} length */
function round(length) {
  return Math.round(length * 100) / 100;
}
