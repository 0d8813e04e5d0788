// Opens Mirador on the work that the page names: one window, no catalogue of other libraries, our colours.
"use strict";

(async () => {
  const element = document.getElementById("viewer");
  const { manifest, search, language, words, index, query, xywh, span } = element.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const roomy = element.clientWidth >= 768;
  const panelHasRoom = roomy && (element.clientWidth === innerWidth || element.clientWidth >= 1000);
  const windowId = "book";

  const book = { id: windowId, manifestId: manifest, thumbnailNavigationPosition: roomy ? "far-bottom" : "off" };
  // One page, as the server has drawn it; a book that is opened as a whole lies open as its record says.
  if (index !== undefined) Object.assign(book, { canvasIndex: Number(index), view: "single" });
  if (xywh) {
    const [x, y, w, h] = xywh.split(",").map(Number);
    book.initialViewerConfig = { x: x + w / 2, y: y + h / 2, zoom: 1 / span };
  }

  const seal = dark ? "#f08a78" : "#a5281f";
  const frame = { strokeStyle: "#f0452f", fillStyle: "#f0452f", globalAlpha: 0.35 };
  const palette = {
    primary: { main: seal },
    secondary: { main: seal },
    highlights: { primary: seal, secondary: "#8a6a14" },
    search: {
      default: { fillStyle: "#ffc400", globalAlpha: 0.35 },
      hovered: { fillStyle: "#ffc400", globalAlpha: 0.5 },
      selected: { fillStyle: "#f0452f", globalAlpha: 0.35 },
    },
    annotations: { default: frame, hovered: frame, selected: frame },
  };

  // Mirador puts a blank on each side of the words that were found, also before the comma that follows them.
  function joinPunctuation(hit) {
    const [, before, opening] = /^(.*?)([^\s\p{L}\p{N}]*)$/su.exec(hit.before ?? "");
    const [, closing, after] = /^([^\s\p{L}\p{N}]*)(.*)$/su.exec(hit.after ?? "");
    Object.assign(hit, { before, match: opening + hit.match + closing, after });
  }

  // Lines and words say the same; Mirador would list both, and fetch both for each page. Openings it counts by twos and
  // would lay a double page or a foldout beside another: a work with such pages opens one page at a time.
  function readManifest(url, action) {
    const work = action.manifestJson;
    for (const canvas of work?.items ?? []) {
      canvas.annotations = canvas.annotations?.filter(({ id }) => !id.endsWith("/word"));
    }
    if (work && "alone" in element.dataset) work.behavior = work.behavior?.filter((name) => name !== "paged");
    return action;
  }

  let wanted;
  function readAnswer(url, action) {
    const answer = action.searchJson;
    if (!answer) return action;
    for (const hit of answer.hits ?? []) joinPunctuation(hit);
    const on = (box) => answer.resources?.find((resource) => resource.on.startsWith(`${shown}#xywh=${box}`));
    wanted = (on(xywh ?? "") ?? on(""))?.["@id"];
    return action;
  }

  // The search panel, when it opens, asks once more for what has been found already; Mirador 4.0.0 then forgets the first
  // answer while its hits are still on show, and falls over. What is there, or on its way, is asked for in vain.
  function searches(state, action) {
    const known = state?.[action.windowId]?.[action.companionWindowId];
    const again = action.type === "mirador/REQUEST_SEARCH" && known?.query === action.query && action.searchId in known.data;
    return again ? state : Mirador.searchesReducer(state, action);
  }

  const { store } = Mirador.viewer({
    id: "viewer",
    language,
    translations: words ? { [language]: await (await fetch(words)).json() } : {},
    selectedTheme: dark ? "dark" : "light",
    themes: { dark: { palette }, light: { palette } },
    windows: [book],
    window: {
      allowClose: false,
      allowMaximize: false,
      allowFullscreen: true,
      hideWindowTitle: true,
      // The page that the address names is shown, not the first on which the words stand.
      switchCanvasOnSearch: false,
      forceDrawAnnotations: true,
      panels: { info: true, attribution: true, canvas: true, annotations: true, search: true, layers: false },
    },
    // Text that supplements a picture (Presentation 3.0 section 5.6) is none of those that Mirador shows by itself.
    annotations: { filteredMotivations: ["supplementing", "commenting", "tagging", "oa:commenting", "oa:tagging", "sc:painting"] },
    workspace: { type: "single", allowNewWindows: false, draggingEnabled: false },
    workspaceControlPanel: { enabled: false },
    osdConfig: { maxZoomPixelRatio: 2 },
    requests: { postprocessors: [readManifest, readAnswer] },
  }, [{ reducers: { searches } }]);

  // The words of the address are looked for once the book is there, not by `defaultSearchQuery`: that one opens the
  // search panel before Mirador 4.0.0 knows that the book can be searched, and asks for the words unencoded.
  function lookFor() {
    const [panel] = Mirador.getCompanionWindowIdsForPosition(store.getState(), { windowId, position: "left" });
    store.dispatch(Mirador.addOrUpdateCompanionWindow(windowId, { content: "search", position: "left" }));
    // A phone, or a stage beside the text, has no room for the panel and the page beside each other.
    if (panelHasRoom) store.dispatch(Mirador.updateWindow(windowId, { sideBarOpen: true }));
    store.dispatch(Mirador.fetchSearch(windowId, panel, `${search}?${new URLSearchParams({ q: query })}`, query));
  }

  function mark(canvas) {
    const id = `${canvas}#marked`;
    const box = { id: `${id}-box`, type: "Annotation", motivation: "commenting", target: `${canvas}#xywh=${xywh}` };
    store.dispatch(Mirador.receiveAnnotation(canvas, id, { id, type: "AnnotationPage", items: [box] }));
    store.dispatch(Mirador.selectAnnotation(windowId, box.id));
  }

  element.addEventListener("swiped", ({ detail }) => {
    store.dispatch((detail.isOnward ? Mirador.setNextCanvas : Mirador.setPreviousCanvas)(windowId));
  });

  let shown, opened;
  store.subscribe(() => {
    const state = store.getState();
    const openseadragon = Mirador.OSDReferences.get(windowId)?.current;
    if (openseadragon && !opened) {
      opened = true;
      element.dispatchEvent(new CustomEvent("opened", { detail: openseadragon }));
    }
    const { canvasId } = state.windows[windowId] ?? {};
    if (canvasId && canvasId !== shown) {
      const opening = shown === undefined;
      shown = canvasId;
      if (opening && query) lookFor();
      if (opening && xywh && !query) mark(canvasId);
      element.dispatchEvent(new CustomEvent("turned", { detail: Mirador.getCanvasIndex(state, { windowId }) }));
    }
    const answers = Object.values(state.searches[windowId] ?? {}).flatMap(({ data }) => Object.values(data ?? {}));
    if (wanted && answers.some(({ json }) => json)) {
      const annotation = wanted;
      wanted = undefined;
      store.dispatch(Mirador.selectAnnotation(windowId, annotation));
    }
  });
})();
