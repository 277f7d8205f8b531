"""Filters of the templates for what was composed in English: in the language of the page, or marked as English."""

from __future__ import annotations

from markupsafe import Markup, escape

from outwork.web.texts import Texts
from outwork.web.texts.phrases import phrases


def told(sentence: str, t: Texts, heading: str = "") -> Markup:
    """Return a sentence as a page shows it; one that stays in another language says so.

    A template writes `{{ reason.sentence | told(t) }}`. Args: heading of the phrase book under which it stands, '' for whole
    sentences.
    """
    own = phrases(t.language).said(sentence, heading)
    text = escape(own.text)
    return text if own.language == t.language else Markup('<span lang="{}">{}</span>').format(own.language, text)


def faults(error: Exception, t: Texts) -> list[Markup]:
    """Return what is wrong, line by line, as a page shows it beside texts of its own."""
    return [told(line, t, "fault") for line in str(error).splitlines()]


def plainly(sentence: str, t: Texts, heading: str = "") -> str:
    """Return a sentence without a mark, for where no mark can stand, such as an option or a title."""
    return phrases(t.language).said(sentence, heading).text
