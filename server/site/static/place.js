// Keeps the address in step with what is shown, so that it can be kept, sent, and come back to.
"use strict";

(() => {
  const viewer = document.getElementById("viewer");
  const switches = [...document.querySelectorAll(".tongues a, .readers a[href^='?']")];

  // Going back from another language or viewer must find this one again, whatever was remembered since: before the
  // reader leaves by a switch, this page gets the address that says what it is.
  for (const link of switches) {
    link.addEventListener("click", () => {
      const present = link.parentElement.querySelector("[aria-current]");
      if (present) history.replaceState(history.state, "", present.getAttribute("href"));
    });
  }
  if (!viewer) return;

  const { work } = viewer.dataset;
  const pages = viewer.dataset.pages.split(" ");
  let shown = Number(viewer.dataset.index ?? 0);

  // A box belongs to the page it was asked for on; the words are looked for in the whole work.
  function withoutBox(query) {
    const words = new URLSearchParams(query);
    for (const box of ["xywh", "x", "y", "w", "h"]) words.delete(box);
    return words.size ? `?${words}` : "";
  }

  // A viewer says when a page has been turned, by its number from 0. One that is missing has no address of its own.
  viewer.addEventListener("turned", ({ detail: index }) => {
    if (index === shown || !(index in pages) || pages[index] === "-") return;
    shown = index;
    history.replaceState(history.state, "", `${work}/pages/${pages[index]}${withoutBox(location.search)}`);
    for (const link of switches) link.setAttribute("href", withoutBox(link.getAttribute("href")));
    viewer.dataset.canvas = viewer.dataset.canvas?.replace(/[^/]+$/, pages[index]);
    viewer.dispatchEvent(new CustomEvent("changed"));
  });
})();
