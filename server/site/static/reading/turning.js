// The next page and the one before, by arrow key (with the shift key the next place that was found) and by swipe; and
// what stands around the viewer follows when a page is turned in it: the server draws the new page's text and links, and
// they take the places of the old ones.
"use strict";

(() => {
  const parts = [".reading-bar", ".page-text"];
  const viewer = document.getElementById("viewer");

  async function drawn(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // Which page it is now, unless the viewer says so itself.
  function say(name) {
    if (!viewer.querySelector("[role=status], [aria-live]")) document.getElementById("told").textContent = name;
  }

  // Of several that were asked for the newest counts; where it does not come, the page stays as it is.
  let newest = 0;
  async function exchange(address) {
    const mine = newest += 1;
    const page = await drawn(address).catch(() => undefined);
    if (!page || mine !== newest) return;
    for (const part of parts) {
      const [old, other] = [document.querySelector(part), page.querySelector(part)];
      if (old) old.replaceWith(other ?? "");
      else if (other) document.querySelector(".desk").append(other);
    }
    document.body.classList.toggle("with-text", page.body.classList.contains("with-text"));
    if (page.title !== document.title) say(page.title.split(" · ")[0]);
    document.title = page.title;
    document.querySelector(".worktitle").replaceWith(page.querySelector(".worktitle"));
    document.dispatchEvent(new CustomEvent("exchanged"));
  }

  viewer?.addEventListener("changed", () => exchange(location.href));

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".text-switch");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await exchange(link.href);
    document.querySelector(".text-switch").focus();
  });

  // Where arrows mean something already, they are left to it.
  const isTaken = (target) => target.closest("input, select, textarea, [contenteditable], .viewer, .home-taking[open], .ttb");
  const isBackwards = () => document.querySelector(".turning.backwards") !== null;
  function turn(toTheRight) {
    const rel = toTheRight === isBackwards() ? "prev" : "next";
    const link = document.querySelector(`.turning a[rel=${rel}][href]`);
    if (link) link.click();
  }

  document.addEventListener("keydown", (event) => {
    const { key, shiftKey, target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || isTaken(target) || !["ArrowLeft", "ArrowRight"].includes(key)) return;
    if (!shiftKey) turn(key === "ArrowRight");
    else if (getSelection().isCollapsed) document.querySelector(key === "ArrowRight" ? ".step-behind" : ".step-before")?.click();
  });

  // A swipe is quick, level, and by one finger on a page that is not enlarged: neither by the browser nor in the viewer,
  // where a finger moves an enlarged page about. The viewer is asked to turn by itself; until it is there a link does.
  const far = 60, quick = 600;
  const stage = document.querySelector(".stage");
  let openseadragon, start;
  viewer?.addEventListener("opened", ({ detail }) => { openseadragon = detail; });

  function isWhole() {
    const { viewport } = openseadragon ?? {};
    const isSmall = !viewport || viewport.getZoom(true) <= viewport.getHomeZoom() * 1.05;
    return isSmall && (visualViewport?.scale ?? 1) < 1.05 && !document.body.classList.contains("drawing");
  }

  stage?.addEventListener("touchstart", ({ touches, timeStamp, target }) => {
    const isOnPage = target.closest(".page-picture, .openseadragon-canvas") || !openseadragon;
    const isAlone = touches.length === 1 && isOnPage && isWhole();
    start = isAlone ? { x: touches[0].clientX, y: touches[0].clientY, timeStamp } : undefined;
  }, { passive: true, capture: true });
  stage?.addEventListener("touchend", ({ changedTouches, timeStamp }) => {
    if (!start) return;
    const [x, y] = [changedTouches[0].clientX - start.x, changedTouches[0].clientY - start.y];
    const isSwipe = Math.abs(x) > far && Math.abs(x) > 2 * Math.abs(y) && timeStamp - start.timeStamp < quick;
    start = undefined;
    if (!isSwipe) return;
    const toTheRight = x < 0;
    const isOnward = toTheRight !== isBackwards();
    if (openseadragon) viewer.dispatchEvent(new CustomEvent("swiped", { detail: { isOnward, toTheRight } }));
    else turn(toTheRight);
  }, { passive: true, capture: true });
})();
