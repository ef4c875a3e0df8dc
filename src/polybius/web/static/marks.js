// A report's page: a record that is pointed at or focused lights up every word it rests on, and its row.
"use strict";

(() => {
  const text = document.getElementById("text");
  const byRecord = new Map();
  const add = (key, element) => byRecord.set(key, [...(byRecord.get(key) || []), element]);

  for (const piece of text.querySelectorAll("[data-r]")) {
    for (const key of piece.dataset.r.split(" ")) add(key, piece);
  }
  for (const row of document.querySelectorAll("[data-record]")) add(row.dataset.record, row);

  const keysOf = (element) => {
    const row = element.closest("[data-record]");
    if (row) return [row.dataset.record];
    return element.closest("[data-r]")?.dataset.r.split(" ") || [];
  };

  let lit = [];
  const light = (keys) => {
    for (const element of lit) element.classList.remove("lit");
    lit = keys.flatMap((key) => byRecord.get(key) || []);
    for (const element of lit) element.classList.add("lit");
  };

  document.addEventListener("pointerover", (event) => light(keysOf(event.target)));
  document.addEventListener("focusin", (event) => light(keysOf(event.target)));
  document.addEventListener("keydown", (event) => event.key === "Escape" && light([]));

  // From a word to its row: the smallest record that is shown there.
  text.addEventListener("click", (event) => {
    const keys = keysOf(event.target);
    const shown = keys.filter((key) => !text.classList.contains(`hide-${key.split("-")[0]}`));
    const order = ["event", "amount", "time", "place", "statement", "tie", "actor", "omission"];
    shown.sort((one, other) => order.indexOf(one.split("-")[0]) - order.indexOf(other.split("-")[0]));
    const row = shown.length && document.getElementById(shown[0]);
    if (!row || String(document.getSelection())) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  });

  for (const box of document.querySelectorAll("[data-show]")) {
    const show = () => text.classList.toggle(`hide-${box.dataset.show}`, !box.checked);
    box.addEventListener("change", show);
    show();
  }

  const arrive = () => {
    const key = decodeURIComponent(location.hash.slice(1)).replace(/^at-/, "");
    if (!byRecord.has(key)) return;
    light([key]);
    text.querySelector(`[data-r~="${CSS.escape(key)}"]`)?.scrollIntoView({ block: "center" });
    document.getElementById(key)?.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("hashchange", arrive);
  arrive();
})();
