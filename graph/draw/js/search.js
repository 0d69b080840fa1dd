// Search: which items hold every word, whatever their case and accents, in reading order.

/**
 * @param {import("./model.js").ArgMap} map
 */
export function createSearch(map) {
  /** @type {string[] | null} */
  let index = null;

  function build() {
    const sources = map.sources.map((source) => [source.title, ...(source.author ?? []), source.publisher ?? ""].join(" "));
    return map.label.map((label, node) => {
      const details = map.details(node);
      const parts = [label, map.text(node), details.quote ?? "", ...(details.tags ?? [])];
      for (const [place] of details.cites ?? []) parts.push(sources[place]);
      for (const place of [...(details.held_by ?? []), ...(details.reported_by ?? [])]) parts.push(map.people[place]);
      return fold(parts.join("\n"));
    });
  }

  /** @param {string} text @returns {number[]} */
  return function find(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    index ??= build();
    const found = [];
    for (let node = 0; node < index.length; node++) {
      const held = index[node];
      if (words.every((word) => held.includes(word))) found.push(node);
    }
    return found;
  };
}

/**
 * Text without case and accents.
 * @param {string} text
 */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
