// A card of evidence as a debater reads it: cite, marked body, what of it is read aloud and how long that takes.

import {element} from "./dom.js";
import {say, sayIfKnown} from "./words.js";

/** @typedef {{kind: string, start: number, stop: number, colour?: string}} Span */

/**
 * Its cite, its body with a switch to what is read aloud, its time, and what a check of it found.
 * @param {import("./model.js").Details & Record<string, unknown>} details
 * @param {boolean} isCard whether it is said that it was never checked
 * @param {number} wordsPerMinute
 * @returns {(Node | null)[]}
 */
export function evidenceParts(details, isCard, wordsPerMinute) {
  const { quote = "", spans = [] } = details;
  const short = text(details.short_cite);
  const whole = text(details.cite);
  const cite = short && whole.startsWith(short) ? whole.slice(short.length).trim() : whole;
  const checked = text(details.verified);
  return [
    short || cite ? element("p", { class: "cite-line", dir: "auto" }, short && element("b", {}, short), short && cite && " ", cite) : null,
    quote ? body(quote, spans, text(details.spoken), readingWords(details, wordsPerMinute)) : null,
    checked || (isCard && quote)
      ? element(
          "p",
          { class: `checked ${checked === "exact" || checked === "exact, omissions marked" ? "sound" : checked ? "doubtful" : "open"}` },
          element("b", {}, say("checked")),
          " ",
          checked ? sayIfKnown(`checked_${checked}`) || checked : say("checked_never"),
          checked && details.verified_at ? say("checked_at", { date: text(details.verified_at).slice(0, 10) }) : "",
        )
      : null,
  ];
}

/**
 * How long a card takes to read, as `argmap cards` says it; "" where nothing is read.
 * @param {import("./model.js").Details & Record<string, unknown>} details
 * @param {number} wordsPerMinute
 */
function readingWords({ words, spoken, quote }, wordsPerMinute) {
  const said = text(spoken) || quote || "";
  const count = typeof words === "number" ? words : said.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const seconds = Math.round((count * 60) / wordsPerMinute);
  if (!seconds) return "";
  const rest = String(seconds % 60).padStart(2, "0");
  const time = seconds < 60 ? say("seconds", { count: seconds }) : say("minutes", { count: Math.floor(seconds / 60), rest });
  return say("reading_words", { time, count });
}

/**
 * @param {string} quote
 * @param {Span[]} spans
 * @param {string} spoken
 * @param {string} time
 */
function body(quote, spans, spoken, time) {
  const whole = element("blockquote", { dir: "auto" }, ...marked(quote, spans));
  const aloud = spoken || spokenOf(quote, spans);
  const bar = element("div", { class: "reading" }, element("span", { class: "word" }, time));
  const section = element("section", {}, element("h3", {}, say("quote")), bar, whole);
  if (aloud && aloud !== quote.replace(/\s+/g, " ").trim()) {
    const read = element("blockquote", { class: "aloud", dir: "auto", hidden: true }, aloud);
    const button = element("button", { type: "button", class: "quiet", "aria-pressed": "false" }, say("read_aloud"));
    button.addEventListener("click", () => {
      whole.hidden = !whole.hidden;
      button.setAttribute("aria-pressed", String(whole.hidden));
      read.hidden = !whole.hidden;
    });
    bar.append(button);
    section.append(read);
  }
  return section;
}

/**
 * The quoted body with its underlining and highlighting.
 * @param {string} quote
 * @param {Span[]} spans
 * @returns {(Node | string)[]}
 */
function marked(quote, spans) {
  if (!spans.length) return [quote];
  // Spans count characters as Python does, so a character outside the basic plane is one.
  const letters = Array.from(quote);
  const edges = [...new Set([0, letters.length, ...spans.flatMap((span) => [span.start, span.stop])])]
    .filter((edge) => edge >= 0 && edge <= letters.length)
    .sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, at) => {
    const kinds = new Set(spans.filter((span) => span.start <= start && span.stop > start).map((span) => span.kind));
    const piece = letters.slice(start, edges[at + 1]).join("");
    if (!kinds.size) return piece;
    const name = [...kinds].map((kind) => `span-${kind}`).join(" ");
    return element(kinds.has("highlight") ? "mark" : "span", { class: name }, piece);
  });
}

/**
 * What the marks say is read aloud: the highlighted, else the underlined; "" where nothing is marked.
 * @param {string} quote
 * @param {Span[]} spans
 */
function spokenOf(quote, spans) {
  const letters = Array.from(quote);
  const highlit = spans.filter(({ kind }) => kind === "highlight");
  const read = (highlit.length ? highlit : spans.filter(({ kind }) => kind === "underline" || kind === "emphasis"))
    .slice()
    .sort((a, b) => a.start - b.start || a.stop - b.stop);
  /** @type {[number, number][]} */
  const pieces = [];
  for (const { start, stop } of read) {
    const last = pieces[pieces.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], stop);
    else pieces.push([start, stop]);
  }
  return pieces.map(([start, stop]) => letters.slice(start, stop).join("")).join(" ").replace(/\s+/g, " ").trim();
}

/**
 * The source: who, with what right, where, when and how far that is known, where to find it.
 * @param {import("./model.js").Source} source
 * @param {string} [locator]
 */
export function citation(source, locator) {
  const by = (source.author ?? []).join(", ");
  const link = safeLink(source.url, source.title);
  const precision = source.date ? sayIfKnown(`precision_${source.date_precision}`) : say("precision_none");
  return element(
    "section",
    {},
    element("h3", {}, say("source")),
    element(
      "p",
      { class: "cite", dir: "auto" },
      by && `${by}${source.qualifications ? ` (${source.qualifications})` : ""}. `,
      link ?? element("cite", {}, source.title),
      source.publisher && `. ${source.publisher}`,
      source.date && `, ${source.date}`,
      precision && element("span", { class: "word" }, ` (${precision})`),
      locator && element("span", { class: "locator" }, locator),
      source.accessed && element("span", { class: "word" }, ` ${say("accessed", { date: source.accessed })}`),
    ),
    source.text ? element("p", { class: "word", dir: "auto" }, source.text) : "",
  );
}

/**
 * What users added to an item: values, notes, links; who and when.
 * @param {[string, string, string, string][]} added
 */
export function additions(added) {
  if (!added.length) return null;
  return element(
    "section",
    {},
    element("h3", {}, say("added")),
    element(
      "ul",
      { class: "links-to" },
      ...added.map(([kind, what, by, at]) =>
        element(
          "li",
          { dir: "auto" },
          element("span", { class: "word" }, say(`added_${kind}`)),
          " ",
          what,
          (by || at) && element("span", { class: "word" }, ` (${[by, at.slice(0, 10)].filter(Boolean).join(", ")})`),
        ),
      ),
    ),
  );
}

/**
 * A link to a page of the web, or null: anything else a map calls a url is only text.
 * @param {string | undefined} url
 * @param {string} text
 */
function safeLink(url, text) {
  if (!url || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text);
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : "";
}
