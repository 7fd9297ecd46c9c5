"""Draw the icons of the installed site from docs/assets/icon.svg: `make icons`."""

from pathlib import Path

from playwright.sync_api import sync_playwright

import browser

ROOT = Path(__file__).parent.parent
ICON = ROOT / "docs/assets/icon.svg"
ICONS = ROOT / "docs/assets/icons"

# Name, size in pixels, and whether the ground fills the square: systems cut these to their shape.
DRAWN = (
    ("icon-192.png", 192, False),
    ("icon-512.png", 512, False),
    ("icon-maskable-512.png", 512, True),
    ("apple-touch-icon.png", 180, True),
)


def main() -> None:
    """Write each icon."""
    ICONS.mkdir(exist_ok=True)
    rounded = ICON.read_text(encoding="utf-8")
    square = rounded.replace(' rx="14"', "")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=list(browser.FLAGS)
        )
        page = chromium.new_page()
        for name, size, fills in DRAWN:
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(
                f"<style>*{{margin:0}}svg{{display:block;width:{size}px}}</style>"
                f"{square if fills else rounded}"
            )
            page.screenshot(path=ICONS / name, omit_background=True)
        chromium.close()


if __name__ == "__main__":
    main()
