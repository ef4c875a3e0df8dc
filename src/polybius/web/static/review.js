// Review: only the modes of the chosen type are offered; words marked in the text go into the form.
"use strict";

(() => {
  const form = document.querySelector("form.judge");
  if (!form) return;
  document.querySelector(".text")?.addEventListener("mouseup", () => {
    const words = String(document.getSelection()).trim();
    if (words && form.querySelector("details").open) form.elements.words.value = words;
  });

  const type = form.elements.type;
  if (!type) return; // a statement or a tie has no modes
  const mode = form.elements.mode;

  const offer = () => {
    for (const group of mode.querySelectorAll("optgroup")) {
      group.hidden = group.disabled = group.label !== type.value;
    }
    const chosen = mode.selectedOptions[0]?.closest("optgroup");
    if (chosen && chosen.disabled) mode.value = "";
  };
  type.addEventListener("change", offer);
  offer();
})();
