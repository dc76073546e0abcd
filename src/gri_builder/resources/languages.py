"""Languages: known BCP 47 tags, and suggestions for unknown ones."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from gri_builder.model.suggestions import find_nearest

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?")


def is_locale(tag: str) -> bool:
    """Return whether numbers and dates can be formatted in the language of a BCP 47 tag."""
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


@cache
def list_codes() -> tuple[str, ...]:
    """Return the codes of the languages in whose tags numbers and dates can be formatted, such as 'de', in order."""
    return tuple(sorted({name.split("_")[0] for name in locale_identifiers()} - {"root"}))


def is_language(tag: str) -> bool:
    """Return whether a text is a BCP 47 tag of a known language, with a script and a region at most."""
    match = _TAG.fullmatch(tag)
    return match is not None and match["language"] in _names()


def language_hint(tag: str) -> str:
    """Return a hint for an unknown tag: a code in another spelling, or the code of a language's name."""
    language, *rest = re.split("[-_]", tag.strip())
    other = "-".join((language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)))
    if is_language(other):
        return f"did you mean '{other}'?"
    codes = {name: code for code, name in sorted(_names().items(), reverse=True)}
    name = find_nearest(tag, codes) if len(tag) > 3 else None
    return f"did you mean '{codes[name]}' ({name})?" if name else "write its code: fr for French, pt-BR for Brazil's"


def language_name(tag: str) -> str:
    """Return the English name of a tag's language; the tag itself where it is unknown."""
    return _names().get(re.split("[-_]", tag)[0].lower(), tag)


def name_language(tag: str) -> str:
    """Return what a language is called in itself, such as 'Deutsch'; with a capital where it has them."""
    locale = find_locale(tag)
    name = str(locale.get_display_name(locale) or tag) if locale.language == tag.split("-")[0] else tag
    name = str(locale.languages.get(locale.language, name))
    return name[:1].upper() + name[1:]


@cache
def _names() -> dict[str, str]:
    """Return the English names of languages by code."""
    names = Locale("en").languages
    return {code: names[code] for code in sorted(names) if len(code) <= 3}


@lru_cache(maxsize=16)
def find_locale(language: str) -> Locale:
    """Return the locale of a BCP 47 tag: of the whole tag, else of its language, else English."""
    for tag in (language, language.split("-")[0], "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("English is always there")


@cache
def decimal_sign(tag: str) -> str:
    """Return the decimal sign of a language; '.' for an unknown tag."""
    try:
        symbols = Locale.parse(tag, sep="-").number_symbols
    except (UnknownLocaleError, ValueError):
        return "."
    return str(symbols.get("latn", {}).get("decimal", "."))
