// Charts by Vega-Lite. Its expressions run in vega-interpreter, so that no page needs the right to make code of text.
"use strict";

(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#e6e6e6" : "#1c1c1c";
  const quads = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
  // Blue and orange, light and dark: told apart by every kind of colour sight, and in grey.
  const colours = dark ? ["#9ecae9", "#4c8fd1", "#ffbf79", "#e8751a"] : ["#8cb8dd", "#1f5a9c", "#f5b66e", "#b5500a"];
  const shapes = ["circle", "circle", "triangle-up", "triangle-up"]; // as the signs in the text: round, pointed
  const config = {
    background: "transparent",
    view: { stroke: null },
    axis: { labelColor: ink, titleColor: ink, gridColor: dark ? "#444" : "#ddd", domainColor: ink, tickColor: ink, labelFontSize: 12, titleFontSize: 12 },
    legend: { labelColor: ink, titleColor: ink, labelFontSize: 12, orient: "bottom", columns: 2, title: null },
    font: "system-ui, sans-serif",
  };
  const kind = { field: "kind", type: "nominal", scale: { domain: quads, range: colours } };

  // A few months are shown among the months around them, or one bar would fill the page.
  const span = (rows) => {
    const days = rows.map(([month]) => Date.parse(`${month}-01T00:00Z`));
    const [first, last] = [Math.min(...days), Math.max(...days)];
    const short = Math.max(0, 12 * 31 * 864e5 - (last - first)) / 2;
    return { type: "utc", domain: [dayOf(first - short), dayOf(last + short + 31 * 864e5)] };
  };

  // As parts: the interpreter takes a single number for a year, and would draw nothing.
  const dayOf = (time) => {
    const day = new Date(time);
    return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, date: day.getUTCDate(), utc: true };
  };

  const specs = {
    months: (rows) => ({
      data: { values: rows.map(([month, quad, n]) => ({ month: `${month}-01`, kind: quads[quad - 1], n, signed: quad < 3 ? n : -n })) },
      mark: { type: "bar", stroke: dark ? "#1b1b1b" : "#fff", strokeWidth: 0.5 },
      encoding: {
        x: { field: "month", type: "temporal", timeUnit: "utcyearmonth", title: null, scale: span(rows) },
        y: { field: "signed", type: "quantitative", title: "events", axis: { format: "~s" } },
        color: kind,
        tooltip: [{ field: "month", type: "temporal", timeUnit: "utcyearmonth" }, { field: "kind" }, { field: "n", title: "events" }],
      },
      height: 220,
    }),
    days: (rows) => ({
      data: { values: rows.map(([day, n]) => ({ day, n })) },
      mark: { type: "bar", color: colours[1] },
      encoding: {
        x: { field: "day", type: "temporal", timeUnit: "utcyearmonthdate", title: null },
        y: { field: "n", type: "quantitative", title: "events", axis: { format: "~s", tickMinStep: 1 } },
        tooltip: [{ field: "day" }, { field: "n", title: "events" }],
      },
      height: 140,
    }),
    map: (rows, figure) => ({
      height: 420,
      projection: { type: "equalEarth" },
      layer: [
        {
          data: { url: figure.dataset.world, format: { type: "topojson", feature: "countries" } },
          mark: { type: "geoshape", aria: false, fill: dark ? "#333" : "#e9e6df", stroke: dark ? "#555" : "#bbb" },
        },
        {
          data: { values: rows.map((p) => ({ ...p, kind: quads[p.quad - 1], where: p.name || p.country })) },
          mark: { type: "point", filled: true, opacity: 0.75, stroke: ink, strokeWidth: 0.6 },
          encoding: {
            longitude: { field: "longitude", type: "quantitative" },
            latitude: { field: "latitude", type: "quantitative" },
            size: { field: "count", type: "quantitative", scale: { type: "sqrt", range: [30, 900] }, legend: null },
            color: kind,
            shape: { field: "kind", type: "nominal", scale: { domain: quads, range: shapes } },
            order: { field: "count", sort: "descending" },
            href: { field: "url" },
            tooltip: [{ field: "where" }, { field: "kind" }, { field: "count", title: "events" }],
          },
        },
      ],
    }),
    timeline: (rows) => ({
      data: { values: rows.map((r) => ({ ...r, kind: quads[r.quad - 1] })) },
      mark: { type: "point", filled: true, size: 90, opacity: 0.8, stroke: ink, strokeWidth: 0.5 },
      encoding: {
        x: { field: "day", type: "temporal", timeUnit: "utcyearmonthdate", title: null },
        y: { field: "who", type: "nominal", title: null, sort: null, axis: { labelLimit: innerWidth < 600 ? 90 : 200 } },
        color: kind,
        shape: { field: "kind", type: "nominal", scale: { domain: quads, range: shapes } },
        href: { field: "url" },
        tooltip: [{ field: "day" }, { field: "what" }, { field: "words" }],
      },
      height: 22 * new Set(rows.map((r) => r.who)).size,
    }),
  };

  const draw = async (figure) => {
    const rows = JSON.parse(figure.dataset.rows);
    const spec = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", width: "container", autosize: { type: "fit-x", contains: "padding" }, config, ...specs[figure.dataset.chart](rows, figure) };
    const box = figure.querySelector(".drawing");
    const compiled = vegaLite.compile(spec, { config }).spec;
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
      expr: vegaInterpreter.expressionInterpreter,
      renderer: "svg",
      container: box,
      hover: true,
      loader: vega.loader({ target: "_self" }),
    });
    view.description(figure.dataset.label);
    await view.runAsync();
  };

  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
})();
