"""WCAG 2.2 at level AA as axe-core judges it, over all of a page that is ours.

Mirador and Universal Viewer are programs of others with faults of their own: what is inside `#viewer` is left out.
"""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / ".cache" / "readers" / "axe-core" / "axe.min.js"
"""`make test` fetches it (`config/test-assets.toml`)."""
LEFT_OUT = "#viewer"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def faults(page: Page) -> list[str]:
    """Each rule that is broken, with the elements that break it. The main landmark goes from us to a viewer that brings
    one, so it is waited for."""
    page.locator("main, [role=main]").first.wait_for(state="attached")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": RULES}}
    where = {"exclude": [[LEFT_OUT]]}
    found = page.evaluate("([where, options]) => axe.run(where, options)", [where, options])
    assert found["passes"], "nothing was looked at"
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
