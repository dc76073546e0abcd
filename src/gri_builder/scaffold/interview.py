"""The questions that `init` asks in a terminal: enough to start a report, each with an answer to take by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from gri_builder.model.framework import Aspect, Framework
from gri_builder.resources.frameworks import framework_ids, load_framework
from gri_builder.scaffold.init import FolderInUseError, free_folder
from gri_builder.scaffold.options import NO_OPTION, YEARS, Particulars, file_name, is_year
from gri_builder.scaffold.topic_search import search_topics


class Answers(Struct, frozen=True):
    """The answers to all questions."""

    folder: Path
    framework: Framework
    option: str
    aspects: tuple[str, ...]
    sector: str | None
    year: str
    particulars: Particulars


class Interview(Struct):
    """Asks the questions one after the other; an answer that does not fit is asked for again.

    `ask` shows a question and returns the line that is typed, `say` shows a line. Both may raise EOFError.
    """

    ask: Callable[[str], str]
    say: Callable[[str], None]
    last_year: int
    """The last full year, which is suggested."""

    def hold(self) -> Answers:
        """Return the answers to all questions."""
        self.say("A new report. Enter takes what is in brackets; Ctrl+C ends without writing anything.")
        organization = self._ask_text("Full name of the organization")
        year = self._ask_year()
        title = self._ask_text("Title of the report", f"Sustainability report {year}")
        contact = self._ask_text("Contact for questions on it, such as a mail address", "")
        framework = self._ask_framework()
        option = self._ask_option(framework)
        sector = self._ask_sector(framework)
        aspects = self._ask_topics(framework, sector)
        folder = self._ask_folder(f"{file_name(organization).lower()[:40].strip('-_.')}-{year}")
        return Answers(
            folder, framework, option, aspects, sector, year, Particulars(organization, title, contact or None)
        )

    def _ask_text(self, question: str, default: str | None = None) -> str:
        while True:
            text = " ".join(self.ask(_prompt(question, default)).split())
            if not text.isprintable():
                self.say("  That has a character that can't be printed.")
            elif text or default is not None:
                return text or default or ""
            else:
                self.say("  Please type it; it can be changed later in report.yaml.")

    def _ask_year(self) -> str:
        while not is_year(year := self._ask_text("Year that it reports on", str(self.last_year))):
            self.say(f"  '{year}' is not a year from {YEARS[0]} to {YEARS[-1]}.")
        return year

    def _ask_framework(self) -> Framework:
        known = sorted((load_framework(id) for id in framework_ids()), key=_newest_first)
        return known[self._choose("Framework", [f"{each.title} ({each.id})" for each in known])]

    def _ask_option(self, framework: Framework) -> str:
        options = [*framework.options.values()]
        names = [*(each.name for each in options), "none: use it without claiming an option"]
        chosen = self._choose("What the report will claim", names)
        return options[chosen].id if chosen < len(options) else NO_OPTION

    def _ask_sector(self, framework: Framework) -> str | None:
        sectors = [*framework.sectors.values()]
        if not sectors:
            return None
        chosen = self._choose("Sector with disclosures of its own", ["none of these", *(each.name for each in sectors)])
        return sectors[chosen - 1].id if chosen else None

    def _choose(self, question: str, names: Sequence[str]) -> int:
        """Return the place of the chosen name; the first is suggested."""
        self.say(f"{question}:")
        for number, name in enumerate(names, 1):
            self.say(f"  {number:2}  {name}")
        while True:
            typed = self._ask_text("Number", "1")
            if typed.isdecimal() and 1 <= int(typed) <= len(names):
                return int(typed) - 1
            self.say(f"  Please type a number from 1 to {len(names)}.")

    def _ask_topics(self, framework: Framework, sector: str | None) -> tuple[str, ...]:
        """Return the ids of the material Aspects, searched by words until none are typed."""
        topics = framework.terms.topics
        self.say(
            f"The material {topics}. Describe one in plain words, such as 'community' or 'carbon'; Enter when done."
        )
        chosen: dict[str, str] = {}
        while words := self._ask_text("Words" if not chosen else "More words", ""):
            found = search_topics(framework, words, sector)
            if not found:
                self.say(f"  Nothing fits '{words}'. Try another word; 'gri-builder catalog' lists the {topics}.")
                continue
            for each in self._pick(found):
                chosen[each.id] = each.display_name
            self.say(f"  Chosen: {', '.join(chosen.values()) or 'none yet'}.")
        return tuple(chosen)

    def _pick(self, found: Sequence[Aspect]) -> list[Aspect]:
        """Return those that are chosen by their numbers, the first by Enter."""
        for number, each in enumerate(found, 1):
            self.say(f"  {number:2}  {each.display_name}")
        while True:
            typed = self._ask_text("Numbers, or 0 for none of them", "1").replace(",", " ").split()
            if all(each.isdecimal() and int(each) <= len(found) for each in typed):
                return [found[int(each) - 1] for each in typed if int(each)]
            self.say(f"  Please type numbers from 1 to {len(found)}, such as '1' or '1 3'.")

    def _ask_folder(self, default: str) -> Path:
        while True:
            folder = Path(self._ask_text("Folder to create", default))
            try:
                free_folder(folder)
            except FolderInUseError as problem:
                self.say(f"  {problem}: name one that is new or empty.")
            except OSError as problem:
                self.say(f"  '{folder}' can't be used: {problem.strerror or problem}.")
            else:
                return folder


def _prompt(question: str, default: str | None) -> str:
    return f"{question} [{default}]: " if default else f"{question}: "


def _newest_first(framework: Framework) -> tuple[bool, str]:
    """Return a sort key by which the framework without a successor comes first."""
    return framework.successor is not None, framework.id
