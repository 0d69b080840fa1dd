// A card with all below it as plain text, for a mail or a document; and how text gets to the clipboard.

import {bearingWord} from "./cards.js";
import {ownTitle} from "./model.js";
import {say} from "./words.js";

/**
 * A line an item, set in as it is on the map: sign, kind, title, text, where it is from.
 * @param {import("./model.js").ArgMap} map
 * @param {number} root
 */
export function textOf(map, root) {
  const lines = [];
  const waiting = [{ node: root, level: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, level } = next;
    lines.push("  ".repeat(level) + lineOf(map, node, level));
    waiting.push(...map.children[node].map((child) => ({ node: child, level: level + 1 })).reverse());
  }
  return `${lines.join("\n")}\n`;
}

/** @param {import("./model.js").ArgMap} map @param {number} node @param {number} level */
function lineOf(map, node, level) {
  const kind = map.kind[node];
  const details = map.details(node);
  const own = ownTitle(map, node) || (map.text(node) ? "" : map.label[node]);
  const says = [own, map.text(node)].filter(Boolean).map((part) => part.replace(/\s+/g, " ").trim()).join(": ");
  const bearing = level ? bearingWord(map, node) : "";
  const quote = details.quote && `“${details.quote.replace(/\s+/g, " ").trim()}”`;
  const cites = (details.cites ?? []).map(([place, locator]) => {
    const { author, title, date } = map.sources[place];
    return [(author ?? []).join(", ") || title, date, locator].filter(Boolean).join(", ");
  });
  const from = details.cite || cites.join("; ");
  return [say(`glyph_${kind}`), bearing && `(${bearing})`, says || say("untitled"), quote, from && `(${from})`].filter(Boolean).join(" ");
}

/**
 * Puts text on the clipboard; where the browser keeps a file from that, as old ones do, by way of a selection.
 * @param {string} text
 * @returns {Promise<boolean>} whether it worked
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    const before = document.activeElement;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    if (before instanceof HTMLElement) before.focus();
    return done;
  }
}
