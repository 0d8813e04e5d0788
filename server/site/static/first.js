// The picture of the page stands where the viewer will draw it, and gives way when the viewer has drawn. The viewer's
// program is a hundred times as large, so it is fetched when the picture is there.
"use strict";

(() => {
  const viewer = document.getElementById("viewer");
  const first = document.querySelector(".page-picture");
  const settled = 20, patience = 60; // frames
  const late = 3000; // milliseconds
  const { program, opener, xywh, index } = viewer.dataset;

  function run(src, next) {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: next }));
  }

  function theSharpPicture() {
    const sharp = [...first.querySelectorAll("svg image")].at(-1);
    return sharp ? Object.assign(new Image(), { src: sharp.getAttribute("href") }) : first.querySelector("img");
  }

  // A picture that fails or is long in coming does not keep the viewer.
  const shown = theSharpPicture()?.decode().catch(() => {});
  Promise.race([shown, new Promise((resolve) => setTimeout(resolve, late))])
    .then(() => run(program, () => run(opener, leaveTheMain)));

  // A page has one main landmark, at every moment: it is the viewer's as soon as that brings one.
  function leaveTheMain() {
    const watch = new MutationObserver(leave);
    function leave() {
      if (first.getAttribute("role") === "main" && !viewer.querySelector("main")) return;
      watch.disconnect();
      first.setAttribute("role", "region");
      first.setAttribute("aria-label", document.title);
    }
    watch.observe(viewer, { childList: true, subtree: true });
    leave();
  }

  const giveWay = () => first.remove();

  // Where the viewer has its panels otherwise than our style sheet thinks; not while they still slide to their places.
  let last = "", unmoved = 0;
  function follow(element) {
    const here = first.parentElement.getBoundingClientRect();
    const there = element.getBoundingClientRect();
    const sides = [there.top - here.top, here.right - there.right, here.bottom - there.bottom, there.left - here.left];
    const inset = sides.map((side) => `${side}px`).join(" ");
    unmoved = inset === last ? unmoved + 1 : 0;
    last = inset;
    if (unmoved > settled && there.width && there.height) first.style.inset = inset;
  }

  function isLike(a, b) {
    return ["x", "y", "width", "height"].every((side) => Math.abs(a[side] - b[side]) < a.width / 1000);
  }

  // The viewer's OpenSeadragon is there. It has drawn when every tile of the view has come and nothing moves. A viewer
  // that is to open at a box may have drawn the whole page before; and where it never says that all has come, or the box
  // makes no difference, it has drawn when for some frames nothing has been on its way.
  viewer.addEventListener("opened", ({ detail: openseadragon }) => {
    const { viewport, world, imageLoader } = openseadragon;
    let before = viewport.getBounds(true), rested = 0;
    (function watch() {
      if (!first.isConnected) return;
      follow(openseadragon.element);
      const bounds = viewport.getBounds(true);
      const isAtRest = world.getItemCount() > 0 && isLike(bounds, before) && !imageLoader.jobsInProgress;
      rested = isAtRest ? rested + 1 : 0;
      before = bounds;
      const isWhole = isAtRest && world.getItemAt(0).getFullyLoaded();
      const isThere = !xywh || !isLike(bounds, viewport.getHomeBounds());
      if (rested > (isWhole && isThere ? 2 : patience)) giveWay();
      else requestAnimationFrame(watch);
    })();
    // Whoever takes hold of the viewer sees the viewer.
    for (const type of ["pointerdown", "wheel", "keydown"]) {
      viewer.addEventListener(type, giveWay, { once: true, capture: true, passive: true });
    }
  }, { once: true });

  viewer.addEventListener("turned", ({ detail }) => {
    if (detail !== Number(index ?? 0)) giveWay();
  });
})();
