// The network as pyvis draws it: vis-network on what the data block says, and nothing else.

"use strict";
(() => {
  const vis = /** @type {any} */ (window).vis;
  const { nodes, edges, options } = JSON.parse(document.getElementById("map")?.textContent ?? "{}");
  const place = document.getElementById("network");
  const network = new vis.Network(place, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, options);
  const ready = () => {
    // Wherever the physics ends, the whole map is in view and stays where it is.
    network.setOptions({ physics: false });
    network.fit();
    document.documentElement.dataset.ready = "yes";
  };
  if (options.physics.enabled) network.once("stabilizationIterationsDone", ready);
  else network.once("afterDrawing", ready);
})();
