// Opens Mirador on the work that the page names: one window, no catalogue of other libraries, our colours.
"use strict";

(() => {
  const { manifest, search, language, index, query, xywh } = document.getElementById("viewer").dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const roomy = innerWidth >= 768;

  const book = { manifestId: manifest, thumbnailNavigationPosition: roomy ? "far-bottom" : "off" };
  if (index !== undefined) book.canvasIndex = Number(index);
  if (query) book.defaultSearchQuery = `${query} `;
  if (xywh) {
    const [x, y, w, h] = xywh.split(",").map(Number);
    book.initialViewerConfig = { x: x + w / 2, y: y + h / 2, zoom: 1 / Math.max(8 * w, 8 * h, 1200) };
  }

  const seal = dark ? "#f08a78" : "#a5281f";
  const palette = {
    primary: { main: seal },
    secondary: { main: seal },
    highlights: { primary: seal, secondary: "#8a6a14" },
    search: {
      default: { fillStyle: "#ffc400", globalAlpha: 0.35 },
      hovered: { fillStyle: "#ffc400", globalAlpha: 0.5 },
      selected: { fillStyle: "#f0452f", globalAlpha: 0.35 },
    },
  };

  // Mirador 4.0.0 asks twice for the words it is opened with: as they are, then percent-encoded by its search panel.
  // Where the two addresses differ it shows every hit twice, where they are one it falls over. The space behind the
  // words sees to it that they differ, and the first answer is emptied.
  function dropFirstAnswer(url, action) {
    if (url === `${search}?q=${book.defaultSearchQuery}`) action.searchJson = {};
    return action;
  }

  Mirador.viewer({
    id: "viewer",
    language,
    selectedTheme: dark ? "dark" : "light",
    themes: { dark: { palette }, light: { palette } },
    windows: [book],
    window: {
      allowClose: false,
      allowMaximize: false,
      allowFullscreen: true,
      hideWindowTitle: true,
      // The page that the address names is shown, not the first on which the words stand.
      switchCanvasOnSearch: index === undefined,
      panels: { info: true, attribution: true, canvas: true, annotations: true, search: true, layers: false },
    },
    workspace: { type: "single", allowNewWindows: false, draggingEnabled: false },
    workspaceControlPanel: { enabled: false },
    osdConfig: { maxZoomPixelRatio: 2 },
    requests: { postprocessors: [dropFirstAnswer] },
  });
})();
