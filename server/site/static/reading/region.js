// A part of the page, drawn with the pointer on the server's picture; its numbers can be typed and stepped as well, and
// are shown on the picture as they change.
"use strict";

(() => {
  const svg = "http://www.w3.org/2000/svg";
  const fields = () => ["x", "y", "w", "h"].map((side) => document.getElementById(`region-${side}`));
  const sheet = () => document.querySelector(".page-picture svg");

  function show() {
    const over = sheet();
    if (!over) return;
    let drawn = over.querySelector(".drawn");
    if (!drawn) {
      drawn = Object.assign(document.createElementNS(svg, "rect"));
      drawn.classList.add("drawn");
      over.append(drawn);
    }
    const values = fields().map(({ value }) => Number(value) || 0);
    ["x", "y", "width", "height"].forEach((name, number) => { drawn.setAttribute(name, values[number]); });
  }

  function set(values) {
    fields().forEach((field, number) => { field.value = values[number]; });
    show();
  }

  function offer() {
    const button = document.querySelector("button.draw");
    if (button) button.hidden = !sheet();
  }

  function place(over, { clientX, clientY }) {
    const [x, y] = fields();
    const { x: left, y: top } = new DOMPoint(clientX, clientY).matrixTransform(over.getScreenCTM().inverse());
    const within = (value, field) => Math.round(Math.min(Math.max(value, 0), Number(field.max)));
    return [within(left, x), within(top, y)];
  }

  function draw() {
    const over = sheet();
    const panel = document.querySelector("details.sharing");
    panel.open = false;
    document.body.classList.add("drawing");
    const hint = document.getElementById("drawing");
    hint.textContent = hint.dataset.said;
    over.scrollIntoView({ block: "nearest" });
    let start;

    function move(event) {
      if (!start) return;
      const end = place(over, event);
      const [left, top] = [0, 1].map((side) => Math.min(start[side], end[side]));
      set([left, top, ...[0, 1].map((side) => Math.max(Math.abs(start[side] - end[side]), 1))]);
    }
    function begin(event) {
      event.preventDefault();
      start = place(over, event);
      over.setPointerCapture(event.pointerId);
    }
    function stop(event) {
      if (event.type === "keydown" && event.key !== "Escape") return;
      move(event);
      for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) over.removeEventListener(type, steps[type]);
      document.removeEventListener("keydown", stop);
      document.body.classList.remove("drawing");
      hint.textContent = "";
      panel.open = true;
      panel.querySelector(".region [type=submit]").focus();
    }
    const steps = { pointerdown: begin, pointermove: move, pointerup: stop, pointercancel: stop };
    for (const [type, step] of Object.entries(steps)) over.addEventListener(type, step);
    document.addEventListener("keydown", stop);
  }

  document.addEventListener("input", ({ target }) => { if (target.closest?.(".region")) show(); });
  document.addEventListener("click", ({ target }) => { if (target.closest?.("button.draw")) draw(); });
  document.addEventListener("exchanged", offer);
  document.addEventListener("toggle", offer, true);
  offer();
  if (new URLSearchParams(location.search).has("draw") && sheet()) draw();
})();
