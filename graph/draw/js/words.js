// The page's own words, from the one table in the page.

/** @type {Record<string, string>} */
let table = {};

/** @param {Record<string, string>} words */
export function useWords(words) {
  table = words;
}

/**
 * A word or sentence of the table with its {places} filled.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(name, values = {}) {
  const text = table[name];
  if (text === undefined) throw new Error(`no word for ${name}`);
  return text.replace(/\{(\w+)\}/g, (_, place) => String(values[place] ?? ""));
}

/**
 * The word of that name, or "" where the table has none.
 * @param {string} name
 * @returns {string}
 */
export function sayIfKnown(name) {
  return table[name] ?? "";
}
