// The data block: JSON as it is, or packed where the map is large.

import {say} from "./words.js";

/**
 * @param {HTMLElement} block
 * @returns {Promise<import("./model.js").Data>}
 */
export async function unpack(block) {
  const text = block.textContent ?? "";
  const packing = block.dataset.packed;
  block.textContent = ""; // read once; a large map need not be held twice
  if (!packing) return JSON.parse(text);
  if (typeof DecompressionStream === "undefined") throw new Error(say("too_old"));
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}
