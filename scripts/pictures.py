"""Take the README's pictures of the site and a handout: `make pictures`, after `make site`."""

from pathlib import Path

from playwright.sync_api import sync_playwright
from pypdfium2 import PdfDocument

import browser
from serving import serving

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / ".github" / "pictures"

SHOTS = (
    ("desktop.png", "iliacus.html#contact-d", (1360, 860), "light"),
    ("phone.png", "iliacus.html#contact-d", (375, 800), "dark"),
)
HANDOUT = ("handout.png", "*-letter.pdf", 5, 800)  # which page, and how high in pixels


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
    name, pattern, number, height = HANDOUT
    plain = min((ROOT / "site/downloads").glob(pattern), key=lambda path: len(path.name))
    with PdfDocument(plain) as document:
        page = document[number - 1]
        page.render(scale=height / page.get_height()).to_pil().save(PICTURES / name)


if __name__ == "__main__":
    main()
