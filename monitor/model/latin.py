"""Names in other scripts, in the letters that a name of ours may have: as a reader would spell them
on a keyboard that has no others. It is for recognising, not for reading back."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from monitor.model.patterns import regex

_LATIN: Final = "ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ħ h ŋ ng ə e ƒ f"
_RUSSIAN: Final = (
    "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts "
    "ч ch ш sh щ shch ы y э e ю yu я ya й y ё yo ј j љ lj њ nj ћ c ђ dj џ dz ѕ dz ѓ gj ќ kj ў w "
    "є ye і i ї yi ґ g"
)
_UKRAINIAN: Final = "г h и y"
_WITHIN: Final = "є ie ї i й i ю iu я ia"
"""How Ukrainian writes them but at the beginning of a word."""
_GREEK: Final = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch "
    "ψ ps ω o"
)
_GEORGIAN: Final = (
    "ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh "
    "ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h"
)
_ARMENIAN: Final = (
    "ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n "
    "շ sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev"
)
_HEBREW: Final = (
    "א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף p צ ts ץ ts "
    "ק k ר r ש sh ת t"
)
_ARABIC: Final = (
    "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k "
    "ل l م m ن n ه h و w ي y ى a ة a پ p چ ch ژ zh گ g ک k ی y"
)
_PAIRS: Final = (("ου", "ou"), ("ού", "ou"), ("ու", "u"))
_UKRAINES_OWN: Final = frozenset("іїєґ")

_SYLLABLE: Final = regex(r"(?:HANGUL SYLLABLE|\w+ (?:SMALL |SYLLABLE |LETTER )+)(?P<sound>[A-Z]+)")
_VOWEL: Final = regex(r"\w+ (?:DEPENDENT )?VOWEL SIGN (?P<sound>[A-Z]+)")
_SOUNDED: Final = regex(
    "HANGUL|HIRAGANA|KATAKANA|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|"
    "MALAYALAM|SINHALA|ETHIOPIC|CHEROKEE"
)
"""Scripts whose letters are named by how they sound."""


def in_latin(text: str) -> str:
    """Lower case, with ASCII letters where the script is known; what is not stays as it is."""
    text = unicodedata.normalize("NFC", text).lower()
    for letters, sound in _PAIRS:
        text = text.replace(letters, sound)
    table = _letters() | (_pairs(_UKRAINIAN) if _UKRAINES_OWN & set(text) else {})
    within = _pairs(_WITHIN) if _UKRAINES_OWN & set(text) else {}
    written = ""
    for number, letter in enumerate(text):
        inner = number > 0 and text[number - 1].isalpha()
        known = within.get(letter) if inner else None
        written = _with(written, letter, known or table.get(letter))
    return written


def _with(written: str, letter: str, known: str | None) -> str:
    if known is not None or letter.isascii():
        return written + (known or letter)
    plain = unicodedata.normalize("NFKD", letter)
    if plain != letter and not _sounded(letter):
        return written + "".join(_letters().get(part, part) for part in plain if part.isalnum())
    name = unicodedata.name(letter, "") if _sounded(letter) else ""
    if name.endswith("VIRAMA"):
        return written.removesuffix("a")
    if (vowel := _VOWEL.fullmatch(name)) is not None:
        return written.removesuffix("a") + vowel["sound"].lower()
    syllable = _SYLLABLE.fullmatch(name)
    return written + (syllable["sound"].lower() if syllable else letter)


def _sounded(letter: str) -> bool:
    return _SOUNDED.match(unicodedata.name(letter, "")) is not None


@cache
def _letters() -> dict[str, str]:
    scripts = (_LATIN, _RUSSIAN, _GREEK, _GEORGIAN, _ARMENIAN, _HEBREW, _ARABIC)
    return {letter: sound for script in scripts for letter, sound in _pairs(script).items()}


@cache
def _pairs(script: str) -> dict[str, str]:
    parts = script.split()
    return dict(zip(parts[::2], parts[1::2], strict=True))
