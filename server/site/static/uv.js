// Opens Universal Viewer on the work that the page names.
"use strict";

(() => {
  const { manifest, index, query, xywh } = document.getElementById("viewer").dataset;

  const uv = UV.init("viewer", {
    iiifManifestId: manifest,
    canvasIndex: Number(index ?? 0),
    xywh: xywh ?? "",
    // Put into an address as it is: what has a meaning there becomes a space.
    highlight: (query ?? "").replace(/[&#+%]/g, " "),
    embedded: false,
    // Universal Viewer 4.4.0 speaks no Vietnamese.
    locales: [{ name: "en-GB" }],
  });

  uv.on("configure", ({ cb }) => cb({
    options: { dropEnabled: false, saveUserSettings: false, rightPanelEnabled: true, openTemplate: "" },
    modules: {
      footerPanel: { options: { shareEnabled: false, openEnabled: false } },
      mobileFooterPanel: { options: { shareEnabled: false, openEnabled: false } },
      pagingHeaderPanel: { options: { autocompleteAllowWords: true, helpEnabled: false } },
      searchFooterPanel: { options: { autocompleteAllowWords: true, shareEnabled: false, openEnabled: false } },
      contentLeftPanel: { options: { panelOpen: innerWidth >= 1024 } },
      openSeadragonCenterPanel: { options: { autoHideControls: false, titleEnabled: false, maxZoomPixelRatio: 2 } },
    },
  }));
})();
