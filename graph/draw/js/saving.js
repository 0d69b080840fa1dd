// A picture of the map as a file: SVG as it is, PNG by way of a canvas.

const SHARP = 2; // pixels of a PNG for each of the screen's
const LONGEST = 16_000; // pixels of a side, which every browser's canvas can hold
const LARGEST = 120_000_000; // and pixels in all

/**
 * @param {SVGElement} svg
 * @returns {Blob}
 */
export function svgFile(svg) {
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`], { type: "image/svg+xml" });
}

/**
 * @param {SVGElement} svg with its width and height
 * @returns {Promise<Blob>}
 */
export async function pngFile(svg) {
  const [width, height] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
  const scale = Math.min(SHARP, LONGEST / Math.max(width, height), Math.sqrt(LARGEST / (width * height)));
  const address = URL.createObjectURL(svgFile(svg));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture of this size"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {Blob} file @param {string} name */
export function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
