// Buttons that copy: the text of the page, an address, a citation. They need a script, so they are hidden until here.
"use strict";

(() => {
  function textOf(element) {
    if ("value" in element) return element.value;
    if (element.id !== "lines") return element.textContent.trim();
    return [...element.querySelectorAll(".block")]
      .map((block) => [...block.querySelectorAll("p > span")].map((line) => line.textContent).join("\n")).join("\n\n");
  }

  const isPossible = Boolean(navigator.clipboard);
  const show = () => { for (const button of document.querySelectorAll("button.copy")) button.hidden = !isPossible; };
  document.addEventListener("exchanged", show);
  show();

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("button.copy");
    if (!button) return;
    await navigator.clipboard.writeText(textOf(document.getElementById(button.dataset.copies)));
    const told = document.getElementById("told");
    told.textContent = "";
    told.textContent = told.dataset.copied;
    button.classList.add("done");
    setTimeout(() => { button.classList.remove("done"); }, 1500);
  });
})();
