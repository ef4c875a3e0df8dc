// The network of actors, drawn by Cytoscape.
"use strict";

(() => {
  const box = document.getElementById("network");
  const graph = JSON.parse(box.dataset.graph);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#e8e6e1" : "#1c1c1c";
  const blue = dark ? "#8cc4f5" : "#1f5a9c";
  const orange = dark ? "#ffab66" : "#a8430a";
  const most = Math.max(1, ...graph.edges.map((edge) => edge.count));

  const drawn = cytoscape({
    container: box,
    elements: {
      nodes: graph.nodes.map((data) => ({ data })),
      edges: graph.edges.map((data) => ({ data, classes: data.quad === 0 ? "tie" : data.quad < 3 ? "cooperation" : "conflict" })),
    },
    style: [
      { selector: "node", style: { label: "data(label)", color: ink, "font-size": 11, "text-wrap": "ellipsis", "text-max-width": 110, "background-color": dark ? "#888" : "#777", width: (n) => 8 + 6 * Math.sqrt(n.data("weight")), height: (n) => 8 + 6 * Math.sqrt(n.data("weight")), "text-outline-width": 2, "text-outline-color": dark ? "#191a1c" : "#fdfcf9" } },
      { selector: "edge", style: { width: (e) => 1 + (5 * e.data("count")) / most, "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.8, opacity: 0.8 } },
      { selector: ".cooperation", style: { "line-color": blue, "target-arrow-color": blue } },
      { selector: ".conflict", style: { "line-color": orange, "target-arrow-color": orange, "line-style": "dashed" } },
      { selector: ".tie", style: { width: 1, "line-color": dark ? "#aaa" : "#888", "target-arrow-color": dark ? "#aaa" : "#888", label: "data(label)", "font-size": 9, color: dark ? "#bbb" : "#666", "text-rotation": "autorotate" } },
    ],
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: 9000, idealEdgeLength: 90, padding: 20 },
  });

  drawn.on("tap", "node", (event) => { location.href = event.target.data("url"); });

  for (const switch_ of document.querySelectorAll("[data-edges]")) {
    switch_.addEventListener("change", () => {
      drawn.edges(`[quad = ${Number(switch_.dataset.edges)}]`).style("display", switch_.checked ? "element" : "none");
    });
  }
})();
