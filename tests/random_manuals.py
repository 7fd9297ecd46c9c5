"""Random manuals that try all that authors may write: one seed, one manual."""

import json
import random
from dataclasses import dataclass, field

from manual.core.characters import has_no_glyph
from manual.write.handout.fonts import coverage
from outlines import HOSTILE

_PLAIN = (
    *("press", "gently", "along", "the", "muscle", "and", "wait", "until", "breath", "is", "calm"),
    *("client", "rests", "hand", "thumb", "crest", "pulse", "toward", "two", "fingers", "deep"),
)

# Characters that take no ink, or draw on the one before.
_SPACES = "\u00a0\u2002\u2003\u2006\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b"
    "\u202c\u202d\u2060\u2061\u2063\u2066\u2069\u206a\u3164\ufe00\ufe0e\ufe0f\ufeff\uffa0"
    "\U000e0001\U000e0041\U000e0100"
)
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0308\u030a\u030c\u0323\u0327\u032f\u0331"

# Words that are easily spelt in two ways, cut in the wrong place or taken for something else.
_ODD = (
    *("e\u0301", "e\u0323\u0302", "q\u0323", "q\u0301", "ḃ", "ḋ", "ḗ", "ḣ", "ﬁx", "ﬀ", "ﬂ", "ﬃ"),
    *("oﬄoad", "ﬅ", "ﬆ", "Fuß", "STRASSE", "ẞ", "ŉ", "ĳ", "Ǆ", "1", "4-6", "46", "1.5", "½", "①"),
    *("☺", "☺\ufe0f", "♥\ufe0f", "♥", "✔", "✔\ufe0f", "🔒", "🔒\ufe0f", "✔\ufe0e", "(see)", "“so”"),
    *("well-known", "a\u2011b", "a\u2013b", "C+", "x*y", "\u00ad", "\u200f", "\u0301", "\ufe0f"),
    *("trans\u00adver\u00adsal", "Do\u00adnau\u00addampf\u00adschiff\u00adfahrt" * 9, "W" * 60),
    *("a/b", "a\\", "\\", "\\n", "\\u{41}", "#set", "#x", "$x$", "@x", "<x>", "`x`", "//", "/*"),
    *("~", "---", "...", "--", "http://a.b/c", "p.", "p. 3", "→", "(not", "↩", "·", "§", "%", "©"),
)

_PARTS = (
    *("Hüfte", "café", "cafe\u0301 au lait", "Fuß", "hip flexors", "hip-bone", "L5-S1", "naïve"),
    *(
        "ﬁbula",
        "Колено",
        "Ώμος",
        "snake_case",
        "a.b",
        "d'arc",
        "x & y",
        "100%",
        "½",
        "🔒 p",
        "tab#1",
    ),
)
_SECTIONS = (
    *("Belly", "Füße", "Bíceps", "Ilium", "q\u0323x", "C+", "4-6", "(x y)", "Œil"),
    *("<b>", "_x_", "`c`", "#y", "{#id}", "Ставка", "Ρίζα", "ﬁber", "ŉ", "@k", "$m$", "c\\d", "İ"),
    *("soft\u00adhyphen", "no\u200dbreak", "s*t", "“Q”", "A&amp;B", "¾", "xy\u200f"),
)
_TERMS = (
    *(
        "law",
        "C",
        "C+",
        "C#",
        "Fuß",
        "rule 3",
        "50%",
        "90°",
        "“so”",
        "(see it)",
        "café",
        "cafe\u0301s",
    ),
    *("q\u0301q", "<b>x", "_y", "ﬁ", "4-6", "d'arc", "x\u00ady", "A&amp;B"),
)
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "zh-Hant",
    "de-CH-1996",
    "pt-BR",
    "tlh",
    "EN-us",
    "sr-Latn-RS",
)
_ADDRESSES = (
    *("https://example.org", "HTTP://EXAMPLE.org:8080/A_b_(c)?x=1&amp;y=%20#é", "mailto:a+b@c.org"),
    *("https://exämple.org/ä/~x/*y*/_z_", "https://u:p@[::1]:99/;a=b", "https://例え.jp/漢?q=é"),
    *("https://example.org/" + "long-" * 40, "https://example.org/'x'!,$[1]", "http://a.b/%zz"),
    *("https://example.org/?", "https://example.org/#", "https://example.org/a//b/../c"),
)


def random_manual(seed: int) -> dict[str, str | bytes]:
    """The files of a manual, as manuals.write takes them. Most, but not all, pass their checks."""
    return _Author(random.Random(seed)).files()  # noqa: S311


def _has_glyphs(text: str) -> bool:
    return all(ord(char) in coverage(None) or has_no_glyph(char) for char in text)


@dataclass(slots=True)
class _Author:
    dice: random.Random
    glyphs: list[str] = field(default_factory=lambda: list(map(chr, sorted(coverage(None)))))
    hostile: list[str] = field(init=False)
    odd: list[str] = field(init=False)
    labels: list[str] = field(default_factory=list)  # of all that can be referred to
    terms: list[str] = field(default_factory=list)  # that have a definition here, not cited yet
    cited: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hostile = [text for text in HOSTILE if _has_glyphs(text) and "w*" not in text]
        self.odd = list(filter(_has_glyphs, _ODD))

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def files(self) -> dict[str, str | bytes]:
        dice = self.dice
        stems = dice.sample(_PARTS, dice.randint(1, 3))
        names = dice.sample(_SECTIONS, 8)
        addresses = dice.sample(_ADDRESSES, dice.randint(0, 3))
        links = [(f"Site {n} {self.text(2)}", url) for n, url in enumerate(addresses)]
        plans: dict[str, list[tuple[str, list[int]]]] = {}
        for stem in ("introduction", *stems):
            at_most = 1 if stem == "introduction" else 3
            chosen = [names.pop() for _ in range(min(len(names), dice.randint(0, at_most)))]
            plans[stem] = [(name, self.plan()) for name in chosen]
        for stem, sections in plans.items():
            self.labels.append(stem.replace("-", " ").replace("_", " "))
            for name, plan in sections:
                self.labels.append(name)
                self.labels += [f"{name} {chr(65 + n)}" for n in range(len(plan))]
                self.labels += [f"{name} {chr(65 + n)}.1" for n, below in enumerate(plan) if below]
        self.labels += [title for title, _ in links]
        files: dict[str, str | bytes] = {
            f"{stem}.txt": self.part(stem, sections) for stem, sections in plans.items()
        }
        files["manual.yml"] = self.settings(stems, links)
        return files

    def settings(self, stems: list[str], links: list[tuple[str, str]]) -> str:
        values: dict[str, object] = {
            "title": self.text(4),
            "edition": self.text(3),
            "audience": self.text(6, references=0.4),
            "language": self.dice.choice(_LANGUAGES),
            "parts": stems,
            "links": [{"title": title, "url": url} for title, url in links],
            "credits": [self.text(6, references=0.5) for _ in range(self.dice.randint(0, 2))],
        }
        if self.chance(0.5):
            values["description"] = self.text(9)
        return "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()
        ).replace("\ufeff", "")

    def plan(self) -> list[int]:
        """How many numbered steps each lettered step of a section has."""
        return [self.dice.choice((0, 0, 1, 2, 3)) for _ in range(self.dice.randint(0, 3))]

    def part(self, stem: str, sections: list[tuple[str, list[int]]]) -> str:
        is_introduction = stem == "introduction"
        text = "" if is_introduction else f"# {self.text(5)}\n\n"
        text += f"So {self.text(9)}\n\n"
        for name, plan in sections:
            text += f"## {name}: {self.text(4)}\n\n" + self.section(plan)
        return text

    def section(self, plan: list[int]) -> str:
        """A section's blocks, with a definition of each term that is cited in it."""
        self.terms = self.dice.sample(_TERMS, self.dice.choice((0, 0, 1, 2, 3)))
        self.cited = []
        out = [f"So {self.text(9, references=0.1, stars=0.3)}\n\n"]
        for letter, below in enumerate(plan):
            out.append(f"{chr(65 + letter)}) {self.rich()}\n")
            for number in range(1, below + 1):
                out.append(f"   {number}. {self.rich()}\n")
                if self.chance(0.3):
                    out += [f"      {mark}. {self.rich()}\n" for mark in "ab"]
                out.append(self.note("         ", 0.1))
                out.append(self.note("      ", 0.2))
            out.append("\n")
            if self.chance(0.2):
                out.append(f"So {self.rich()}\n\n")
            out.append(self.note("", 0.4))
        while self.terms:  # a definition may cite further terms
            term = self.terms[0]
            if term not in self.cited:
                out.append(f"So {self.star(term)} {self.text(3)}\n\n")
            self.terms.remove(term)
            out.append(f"*{term}: {self.text(9, references=0.1, stars=0.3)}\n\n")
        return "".join(out)

    def note(self, indent: str, share: float) -> str:
        if not self.chance(share):
            return ""
        word = self.dice.choice(("CAUTION", "IMPORTANT", "WARNING", "NOTE"))
        return f"{indent}{word}! {self.rich()} now.\n\n"

    def rich(self) -> str:
        """A text with references and stars."""
        return self.text(self.dice.choice((3, 9, 25)), references=0.15, stars=0.2)

    def text(self, most: int, references: float = 0, stars: float = 0) -> str:
        words = [self.word() for _ in range(self.dice.randint(1, most))]
        if self.chance(0.02):
            words = ["".join(words)]
        if self.chance(references):
            label = self.dice.choice(self.labels)
            words.insert(self.dice.randint(0, len(words)), f"[[{label}]]")
        if self.terms and self.chance(stars):
            # (First: a star before it might be taken for the beginning of *so*.)
            words.insert(0, self.star(self.dice.choice(self.terms)))
        if self.chance(0.7):
            words.append("rest.")
        return " ".join(words)[:190]

    def star(self, term: str) -> str:
        self.cited.append(term)
        return f"{self.dice.choice(('the', 'See', '12'))} {term}*"

    def word(self) -> str:
        dice = self.dice
        match dice.choices(range(6), weights=(50, 18, 12, 8, 8, 4))[0]:
            case 0:
                return dice.choice(_PLAIN)
            case 1:
                return "".join(dice.choices(self.glyphs, k=dice.randint(1, 5)))
            case 2:
                letters = list(dice.choice(_PLAIN))
                odd = dice.choice((*_SPACES, *_UNSEEN, *_MARKS))
                letters.insert(dice.randint(0, len(letters)), odd)
                return "".join(letters)
            case 3:
                return dice.choice(self.odd)
            case 4:
                return dice.choice(self.hostile)
            case _:
                glyph = dice.choice(self.glyphs)
                return glyph + "".join(dice.choices(_MARKS + "\ufe0f", k=dice.randint(1, 2)))


def every_character() -> dict[str, str | bytes]:
    """The files of a manual that holds every character that the handouts' fonts have."""
    shown = [char for char in map(chr, sorted(coverage(None))) if char not in " *\u00a0"]
    lines = [
        f"Rest {' '.join(shown[start : start + 40])}\n\n" for start in range(0, len(shown), 40)
    ]
    lines += [
        f"Rest {''.join(shown[start : start + 40])}\n\n" for start in range(0, len(shown), 40)
    ]
    return {"every.txt": f"# Every character\n\n## All of them\n\n{''.join(lines)}"}
