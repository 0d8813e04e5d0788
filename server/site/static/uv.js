// Opens Universal Viewer on the work that the page names.
"use strict";

(async () => {
  const element = document.getElementById("viewer");
  const { manifest, canvas, language, words, index, query, xywh } = element.dataset;
  // Universal Viewer 4.4.0 waits for ever for the picture of a page that has none, and shows its neighbour no sooner.
  // It counts openings by twos, too, and would lay a double page or a foldout beside another.
  const isSingle = element.dataset.pages.split(" ").includes("-") || "alone" in element.dataset;
  const sentences = words ? await (await fetch(words)).json() : undefined;
  const locale = sentences ? { name: `${language}-${language.toUpperCase()}`, label: language } : { name: "en-GB" };

  const uv = UV.init("viewer", {
    iiifManifestId: manifest,
    canvasIndex: Number(index ?? 0),
    xywh: xywh ?? "",
    // Put into an address as it is: what has a meaning there becomes a space.
    highlight: (query ?? "").replace(/[&#+%]/g, " "),
    annotations: xywh && !query ? [{ target: `${canvas}#xywh=${xywh}` }] : undefined,
    embedded: false,
    locales: [locale],
  });

  // Universal Viewer 4.4.0 speaks no Vietnamese: its English sentences, which stand in `content` objects all over its
  // configuration, are replaced by ours. Only whole sentences: an option may be the word "page" too.
  function translated(configuration) {
    return Object.fromEntries(Object.entries(configuration).flatMap(([name, value]) => {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
      if (name !== "content") return [[name, translated(value)]];
      return [[name, Object.fromEntries(Object.entries(value).map(([key, text]) => [key, sentences[text] ?? text]))]];
    }));
  }

  uv.on("configure", ({ config, cb }) => {
    if (sentences) cb({ ...translated(config), localisation: { label: locale.label, locales: [locale] } });
    cb({
      options: {
        dropEnabled: false, saveUserSettings: false, rightPanelEnabled: true, limitLocales: true, openTemplate: "",
        // One page, as the server has drawn it; a book that is opened as a whole lies open as its record says. Where the
        // address names a place, only that is seen, and without openings Universal Viewer shows the whole page before it.
        ...((isSingle || (index !== undefined && !xywh)) && { pagingEnabled: false }),
      },
      modules: {
        footerPanel: { options: { shareEnabled: false, openEnabled: false } },
        mobileFooterPanel: { options: { shareEnabled: false, openEnabled: false } },
        pagingHeaderPanel: {
          options: {
            autocompleteAllowWords: true, helpEnabled: false, ...(isSingle && { pagingToggleEnabled: false }),
          },
        },
        searchFooterPanel: { options: { autocompleteAllowWords: true, shareEnabled: false, openEnabled: false } },
        contentLeftPanel: { options: { panelOpen: element.clientWidth >= 1024, panelAnimationDuration: 0 } },
        openSeadragonCenterPanel: {
          options: {
            autoHideControls: false, titleEnabled: false, maxZoomPixelRatio: 2,
            // The whole page is shown, with all places marked, unless the address names one of them.
            zoomToInitialAnnotation: Boolean(xywh),
          },
        },
      },
    });
  });

  // Its button at the right is called "next" in a book that is read from right to left too.
  element.addEventListener("swiped", ({ detail }) => {
    element.querySelector(`.paging.${detail.toTheRight ? "next" : "prev"}`)?.click();
  });

  let opened;
  uv.on("openseadragonExtension.open", () => {
    if (opened) return;
    opened = uv.assignedContentHandler.extension.centerPanel.viewer;
    // Its panels take their places after it has fitted the page, which then would stay as small as it was before.
    const fit = () => document.querySelector(".page-picture") && opened.viewport.goHome(true);
    if (!xywh) opened.addHandler("after-resize", () => requestAnimationFrame(fit));
    element.dispatchEvent(new CustomEvent("opened", { detail: opened }));
  });
  uv.on("canvasIndexChange", (turned) => element.dispatchEvent(new CustomEvent("turned", { detail: turned })));
})();
