// Search: which items hold every word, whatever their case and accents, in reading order.

const PORTION = 2000; // items prepared at a time

/**
 * @param {import("./model.js").ArgMap} map
 */
export function createSearch(map) {
  const sources = map.sources.map((source) => [source.title, ...(source.author ?? []), source.publisher ?? ""].join(" "));
  /** @type {string[]} */
  const index = [];

  /** Prepares the next `count` items. @param {number} count */
  function prepare(count) {
    for (const end = Math.min(map.size, index.length + count); index.length < end; ) {
      const node = index.length;
      const details = map.details(node);
      const parts = [map.label[node], map.text(node), details.quote ?? "", ...(details.tags ?? [])];
      for (const [place] of details.cites ?? []) parts.push(sources[place]);
      for (const place of [...(details.held_by ?? []), ...(details.reported_by ?? [])]) parts.push(map.people[place]);
      index.push(fold(parts.join("\n")));
    }
  }

  // Between what the reader does, so that the first letter need not wait for a large map.
  const later = window.requestIdleCallback ?? ((/** @type {() => void} */ call) => setTimeout(call, 50));
  const go = () => {
    prepare(PORTION);
    if (index.length < map.size) later(go);
  };
  later(go);

  /** @param {string} text @returns {number[]} */
  return function find(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    prepare(map.size);
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
