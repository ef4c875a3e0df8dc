"""When: finds time expressions and resolves each to an interval of days."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from spacy.tokens import Token

from polybius.circumstances import dates, relative  # noqa: F401  file their readings
from polybius.circumstances.calendar import Days
from polybius.circumstances.context import READINGS, Context, Direction
from polybius.circumstances.grammar import Match, lower, matches, time_words
from polybius.intake import Report
from polybius.parse import Clause, Parsed
from polybius.record import Time

_NAMED = ("month", "month2", "weekday", "weekday2")
_DATE_PREPOSITIONS = {
    "in", "since", "until", "till", "by", "before", "after", "during", "from", "to", "between", "and", "of",
    "for", "through", "throughout", "around", "about", "on", "or", "early", "late", "mid", "as",
}  # fmt: skip
_YEAR_PREPOSITIONS = {"in", "since", "until", "till", "during", "before", "after", "from", "by"}
_LATE = 3  # days until copy is printed
_LOOKS_AHEAD = {"by", "until", "till", "before"}


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """The time expressions of a report with a definite interval, in the order of the text.

    Relative ones count from the day of publication, or from the dateline's where the copy was printed later;
    without either only dates that carry a year are given.
    """
    return tuple(_Finder(parsed).run())


def _day_of(report: Report) -> date | None:
    """The day on which the report was written."""
    written, printed = report.dateline_day, report.published
    if written is None or printed is None:
        return printed or written
    return written if 0 < (printed - written).days <= _LATE else printed


class _Finder:
    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.text = parsed.doc.text
        self.today: date | None = _day_of(parsed.report)
        self.offsets = [token.idx for token in parsed.doc]

    def run(self) -> list[Time]:
        found: list[Time] = []
        before: Days | None = None
        frame: tuple[int, date] | None = None  # where it was said, and the day told of
        for match in matches(lower(self.text)):
            if not self._is_time(match):
                continue
            told = frame[1] if frame and "\n" not in self.text[frame[0] : match.start] else None
            context = Context(
                self.today, self._direction(match), before, told, self.text[match.end :][:20].lstrip(" ")
            )
            try:
                days = READINGS[match.reading](dict(match.parts), context)
            except (ValueError, OverflowError):  # 31 June, the year 0
                continue
            if days is None:
                continue
            found.append(Time(span=(match.start, match.end), start=days.start, end=days.end))
            before = days
            frame = self._new_frame(match, days, frame)
        return found

    def _new_frame(self, match: Match, days: Days, frame: tuple[int, date] | None) -> tuple[int, date] | None:
        """A month or day with a year long past is the year that later months of the paragraph lie in."""
        if "year" in match.parts:
            past = self.today is not None and (self.today - days.start).days > 400
            past = past and not self._lasts(match)
            return (match.end, days.start) if past and "month" in match.parts else None
        recent = self.today is not None and abs((self.today - days.start).days) <= 400
        return None if recent else frame  # "last December": the paragraph tells of these days again

    def _lasts(self, match: Match) -> bool:
        """ "Many have fled since March 2015", "since rebels took the town in 2015": what is told reaches up to now."""
        token = self._token(match.start)
        clause = self.parsed.clause_around(token)
        since = clause is not None and clause.mark is not None and clause.mark.lower_ == "since"
        return since or (token.i > 0 and token.nbor(-1).lower_ == "since")

    def _token(self, offset: int) -> Token:
        return self.parsed.doc[max(0, bisect_right(self.offsets, offset) - 1)]

    # -- is it a time? ---------------------------------------------------------------------------------

    def _is_time(self, match: Match) -> bool:
        for name in _NAMED:
            if name in match.parts:
                at = lower(self.text[match.start : match.end]).find(match.parts[name])
                if not self.text[match.start + at].isupper():
                    return False
        token = self._token(match.start)
        if match.reading == "month" and "year" not in match.parts:
            return self._is_month(token)
        if match.reading == "weekday":
            return self._is_weekday(token, match)
        if match.reading in {"year", "years"}:
            return self._is_year(token, match)
        if match.reading in {"month_told", "span_units"}:  # not "said that May was …", "would last two weeks"
            return token.tag_ != "IN" and token.pos_ not in {"VERB", "AUX"}
        return True

    def _is_weekday(self, token: Token, match: Match) -> bool:
        """Not Good Friday, Bloody Sunday, the Friday Group or the Sunday Times."""
        if token.i and token.nbor(-1).lower_ in time_words()["not_day"]:
            return False
        end = self._token(match.end - 1)
        after = end.nbor(1) if end.i + 1 < len(token.doc) else None
        if (
            after is not None
            and after.ent_type_ == "ORG"
            and end.ent_type_ == "ORG"
            and after.text[:1].isupper()
        ):
            return False
        return token.ent_type_ not in {"PERSON", "WORK_OF_ART"} or _after_preposition(token)

    def _is_month(self, token: Token) -> bool:
        """May, March, April, June and August are other words, too."""
        if _after_preposition(token):
            return not (token.lower_ in {"may", "march"} and token.pos_ in {"VERB", "AUX"})
        if token.lower_ in {"may", "march"}:
            before = token.nbor(-1) if token.i else token
            named = before.lower_ == "the" or before.pos_ == "PROPN" or _begins_a_walk(token)
            return token.ent_type_ == "DATE" and token.pos_ == "PROPN" and not named
        return token.ent_type_ in {"DATE", ""} and token.pos_ == "PROPN"

    def _is_year(self, token: Token, match: Match) -> bool:
        """Four digits may count something: "2003 people", "a total of 1980"."""
        following = self.text[match.end : match.end + 1]
        if following in {"%", "-", "/"} and match.reading == "year":
            return False
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        before = token.nbor(-1).lower_ if token.i else ""
        if after is not None and after.lower_ in time_words()["zone"]:  # "1415 GMT"
            return False
        if after is not None and (after.tag_ == "NNS" or after.lower_ in {"percent", "per", "people"}):
            if before in _YEAR_PREPOSITIONS:
                return after.lower_ != "people" or token.dep_ == "pobj"
            return before == "the" and token.ent_type_ == "DATE"
        counts = token.dep_ == "nummod" and token.head.i > token.i and before == "of"
        if counts and match.parts.get("year", "") < "1500":  # "the first of 1300 Timorese troops"
            return False
        if _after_preposition(token):
            return True
        return token.ent_type_ == "DATE" or (token.i > 0 and token.nbor(-1).text in {"(", ","})

    # -- past or future? -------------------------------------------------------------------------------

    def _direction(self, match: Match) -> Direction:
        token = self._token(match.start)
        clause = self.parsed.clause_around(token)
        if clause is None:
            return "open"
        if self._of_what_happened(match):
            return "past"
        before = token.nbor(-1).lower_ if token.i else ""
        if before == "since":
            return "past"
        if before != "for" and (direction := _of_a_participle(token)):
            return direction
        ahead = self.text[: match.start].endswith(("head of ", "head of the "))
        if ahead or _is_future(clause, self.parsed) or _of_a_gathering(clause, token):
            return "future"
        conditional = clause.mark is not None and clause.mark.lower_ in {"if", "unless"}
        extends = clause.tense != "past" or conditional or clause.lemma in time_words()["extends"]
        if before == "for" or (before in _LOOKS_AHEAD and extends):
            return "future"
        if clause.tense == "past":
            return "past"
        if clause.tense == "present" and not self._in_headline(token):
            ahead = clause.lemma.split()[0] in time_words()["timetable"] or (
                clause.predicate.tag_ == "VBG" and _of_the_verb(token, clause.predicate)
            )
            return "future" if ahead and not clause.perfect else "open"
        return "open"

    def _of_what_happened(self, match: Match) -> bool:
        """ "Friday's raid" is over, whatever the clause says; "Friday's vote" may be to come."""
        following = self._token(match.end + 3).lemma_.lower()
        has = lower(self.text[match.end : match.end + 2]) in {"'s", "’s"} and "weekday" in match.parts
        return has and following not in time_words()["gathering"]

    def _in_headline(self, token: Token) -> bool:
        headline = self.parsed.report.headline
        return headline is not None and headline[0] <= token.idx < headline[1]


def _after_preposition(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).lower_ in _DATE_PREPOSITIONS


def _begins_a_walk(token: Token) -> bool:
    """ "March and arrests", "March against cuts" as a heading; but "March and April were quiet"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    walks = len(behind) == 2 and behind[0].lower_ in {"and", "on", "against", "for", "to", "through"}
    return walks and behind[1].pos_ != "NUM" and behind[1].lower_ not in time_words()["month"]


def _of_a_gathering(clause: Clause, token: Token) -> bool:
    """ "Invited them to a meeting on Friday", "called a strike for May": the day is that of what is called."""
    words = time_words()
    if (
        clause.lemma.split()[0] not in words["convenes"]
        or token.i < 2
        or token.nbor(-1).lower_ not in {"on", "in"}
    ):
        return False
    return token.nbor(-2).lemma_.lower() in words["gathering"]


def _of_a_participle(token: Token) -> Direction | None:
    """ "The law, passed on Monday, will ban strikes", "talks to be held on Friday": the day is not the clause's."""
    for head in list(token.ancestors)[:3]:
        if (
            head.dep_ in {"acl", "relcl"}
            and head.tag_ == "VBN"
            and head.lemma_.lower() not in time_words()["future"]
        ):
            helped = {c.lower_ for c in head.children if c.dep_ in {"aux", "auxpass"}}
            return "future" if "to" in helped else None if helped else "past"
        if head.pos_ in {"VERB", "AUX"}:
            return None
    return None


def _of_the_verb(token: Token, verb: Token) -> bool:
    """Whether the time hangs on the verb itself; "inflation, at 5 per cent in May, is falling" is of a noun."""
    return verb in (token.head, token.head.head, token.head.head.head)


def _is_future(clause: Clause, parsed: Parsed) -> bool:
    """Will, and what is planned, promised, demanded: an infinitive or complement under such a word."""
    future = time_words()["future"]
    if clause.tense == "future" or (clause.modal is not None and clause.modal.lower_ in {"shall", "must"}):
        return True
    predicate = clause.predicate
    if clause.lemma in future and predicate.tag_ == "VBN" and clause.passive:  # not "set out by X in January"
        return predicate.lemma_.lower() in {"schedule", "plan", "expect", "set", "slate", "convoke", "due"}
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in predicate.children)
    if infinitive and any(ancestor.lemma_.lower() in future for ancestor in predicate.ancestors):
        return True
    if infinitive and predicate.head.lower_ in {"is", "are"} and predicate.head.i < predicate.i:
        return True  # "leaders are to meet on Saturday"
    if clause.modal is not None and clause.modal.lower_ in {
        "would",
        "may",
        "could",
        "should",
        "can",
        "might",
    }:
        return not clause.perfect
    whoever = any(t.lower_ in {"whoever", "whichever", "whatever"} for t in clause.args("subj"))
    if (clause.mark is not None or whoever) and clause.tense == "present" and clause.parent is not None:
        parent = parsed.clause_at(clause.parent)  # "will be held if they finish in July"
        return parent is not None and parent.predicate.i != predicate.i and _is_future(parent, parsed)
    if any(child.lemma_.lower() in {"due", "scheduled"} for child in predicate.children):
        return clause.tense != "past" or predicate.lemma_ == "be"
    return False
