// A line of the text and its place on the page: whoever points at the one sees the other marked, in the server's picture
// and in the viewer; whoever chooses a line is taken there.
"use strict";

(() => {
  const svg = "http://www.w3.org/2000/svg";
  const viewer = document.getElementById("viewer");
  let openseadragon, own, marked, chosen;

  viewer?.addEventListener("opened", ({ detail }) => { openseadragon = detail; });

  // The page's picture is the only one in the viewer's world, or that one of several whose address is this page's.
  function picture() {
    const { world } = openseadragon;
    const [, image] = /([^/]+)\/canvas\/([^/]+)$/.exec(viewer.dataset.canvas)?.slice(1) ?? [];
    const all = Array.from({ length: world.getItemCount() }, (_, number) => world.getItemAt(number));
    return all.find(({ source }) => decodeURIComponent(source.id ?? source["@id"] ?? "").endsWith(`~${image}`)) ?? all[0];
  }

  const placeIn = (item, [x, y, w, h]) => item.imageToViewportRectangle(x, y, w, h);

  function mark(box) {
    if (String(box) === marked) return;
    unmark();
    marked = String(box);
    const [x, y, width, height] = box;
    const group = document.querySelector(".page-picture .marks");
    if (group) {
      const rect = document.createElementNS(svg, "rect");
      for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
      group.append(rect);
    }
    const item = openseadragon && picture();
    if (!item) return;
    own = Object.assign(document.createElement("div"), { className: "line-mark" });
    openseadragon.addOverlay({ element: own, location: placeIn(item, box) });
  }

  function unmark() {
    marked = undefined;
    document.querySelector(".page-picture .marks")?.replaceChildren();
    if (own) openseadragon.removeOverlay(own);
    own = undefined;
  }

  const leave = () => (chosen ? mark(chosen) : unmark());
  document.addEventListener("exchanged", () => {
    chosen = undefined;
    unmark();
  });

  // In the viewer the page moves; with no viewer the link leads to the page drawn at that place.
  function go(box) {
    const item = openseadragon && !document.querySelector(".page-picture") && picture();
    if (!item) return false;
    chosen = box;
    mark(box);
    const { x, y, width, height } = placeIn(item, box);
    const room = Math.max(width, height) / 2;
    const around = Object.assign(placeIn(item, box), { x: x - room / 2, y: y - room / 2, width: width + room, height: height + room });
    openseadragon.viewport.fitBoundsWithConstraints(around, matchMedia("(prefers-reduced-motion: reduce)").matches);
    return true;
  }

  // The place that the reader was led to, where the text scrolls by itself.
  function show() {
    const here = document.querySelector("#lines .here") ?? document.querySelector("#lines mark");
    const panel = here?.closest(".page-text");
    if (panel && panel.scrollHeight > panel.clientHeight) {
      panel.scrollTop += here.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
    }
  }
  document.addEventListener("exchanged", show);
  show();

  const boxOf = (address) => new URL(address, location).searchParams.get("xywh").split(",").map(Number);

  // Of the line, or of the word in it that is meant (`words.js`).
  function meant(target) {
    const line = target.closest?.("#lines p");
    const link = line?.querySelector("a");
    return link && (target.closest("[data-box]")?.dataset.box.split(",").map(Number) ?? boxOf(link.href));
  }

  for (const type of ["pointerover", "focusin"]) {
    document.addEventListener(type, ({ target }) => {
      const box = meant(target);
      if (box) mark(box);
      else if (marked && type === "pointerover" && !document.activeElement.closest("#lines")) leave();
    });
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
    const box = meant(event.target);
    if (!box) return;
    const link = event.target.closest("p").querySelector("a");
    const address = new URL(link.href);
    address.searchParams.set("xywh", box.join());
    if (!go(box)) {
      if (!event.target.closest("a")) location.assign(address);
      return;
    }
    event.preventDefault();
    history.replaceState(history.state, "", address);
  });
})();
