// Keys that work on every page: "/" to the search, j and k from row to row, Enter into a row.
"use strict";

(() => {
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  const rows = () => [...document.querySelectorAll("table.rows tbody tr, [data-row]")].filter((row) => row.offsetParent);

  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement?.closest("tr, [data-row]"));
    const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find").focus();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "Enter" && event.target.matches("tr")) {
      event.target.querySelector("td.words a, a[href^='#at-'], a")?.click();
    } else {
      const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
      if (button) button.click();
    }
  });
})();
