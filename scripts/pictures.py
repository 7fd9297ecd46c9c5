"""Take the README's pictures of the site: `make pictures`, after `make site`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / ".github" / "pictures"
sys.path.insert(0, str(ROOT / "tests"))

import browser  # noqa: E402  (the tests know where the browser is, and how to serve)
from serving import serving  # noqa: E402

SHOTS = (
    ("desktop.png", "iliacus.html#contact-d", (1360, 860), "light"),
    ("phone.png", "iliacus.html#contact-d", (375, 800), "dark"),
)


def main() -> None:
    """Write each picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serving(ROOT / "site") as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=list(browser.FLAGS)
        )
        for name, address, (width, height), scheme in SHOTS:
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page = context.new_page()
            page.goto(f"{site}/{address}")
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / name)
            context.close()
        chromium.close()


if __name__ == "__main__":
    main()
