// Copies what stands beside a button: a citation, an address. Without scripts there is no button, and the text is there.
"use strict";

for (const button of document.querySelectorAll("button[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = source.textContent.trim().replace(/\s+/g, " ");
    const done = await copied(text, source);
    said.textContent = done ? button.dataset.copied : button.dataset.selected;
  });
}

// The clipboard is there on secure addresses alone; a library inside a house has none. Then the browser is asked in the
// old way, and where that fails the text is selected at least.
async function copied(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}
