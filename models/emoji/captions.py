"""What is said of a picture: words for the thing, words for the style, sometimes words for the background."""

import random
import sys
from functools import cache
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))
from emoji64 import styles  # noqa: E402
from prepare import pieces, words  # noqa: E402

STYLES = ("noto", "twemoji", "fluent-3d", "fluent-flat", "pixel", "fluent-mono")
COLOURS = {
    "red": (214, 60, 54),
    "orange": (240, 140, 40),
    "yellow": (250, 214, 70),
    "green": (70, 160, 80),
    "teal": (50, 160, 160),
    "blue": (60, 120, 216),
    "navy": (30, 40, 90),
    "purple": (130, 80, 190),
    "pink": (245, 160, 190),
    "brown": (130, 84, 54),
    "beige": (236, 220, 190),
    "grey": (150, 150, 150),
    "black": (20, 20, 20),
}


@cache
def known():
    return frozenset(words())


@cache
def style_words(style):
    said = styles()[style]
    return said["word"], said["phrase"]


def article(words):
    return "an" if words[0] in "aeiou" else "a"


def plain(name, style, background=None):
    """The caption that the model is measured with: "a slice of pizza, flat style"."""
    text = f"{article(name)} {name}, {style_words(style)[0]} style"
    return text if background is None else f"{text}, on a {background} background"


def caption(row, background, dice: random.Random):
    """One of many ways to say what a picture shows."""
    name, (word, phrase) = row["name"], style_words(row["style"])
    keywords = [keyword for keyword in row["keywords"] if all(piece in known() for piece in pieces(keyword))]
    roll = dice.random()
    if roll < 0.15 and keywords:
        thing = f"{name}, " + ", ".join(dice.sample(keywords, min(len(keywords), dice.randint(1, 3))))
    elif roll < 0.2 and keywords:
        thing = ", ".join(dice.sample(keywords, min(len(keywords), dice.randint(2, 4))))
    else:
        thing = dice.choice((name, f"{article(name)} {name}", f"{article(name)} {name}"))
    said = dice.choice((
        f"{thing}, {word} style",
        f"{thing}, {word} style",
        f"{thing}, {word} style",
        f"{thing}, {phrase}",
        f"{thing} in {word} style",
        f"{word} {thing}" if thing == name else f"{thing}, {word}",
        f"{phrase} of {thing}",
        thing,
    ))
    if background is None:
        return f"{said}, on a white background" if dice.random() < 0.1 else said
    return dice.choice((f"{said}, on a {background} background", f"{said} on {background}", f"{said}, {background} background"))
