"""Standing relations in the shapes in which news print them."""

from collections.abc import Callable

import pytest

from polybius.record import Record

TOLD = [
    ("Russian President Vladimir Putin left.", ("head", "Vladimir Putin", "Russia", None)),
    ("Germany's chancellor, Angela Merkel, left.", ("head", "Angela Merkel", "Germany", None)),
    ("Angela Merkel, the chancellor of Germany, left.", ("head", "Angela Merkel", "Germany", None)),
    ("President Vladimir Putin met Russia's generals.", ("head", "Vladimir Putin", "Russia", None)),
    ("Jan Kowal, a spokesman for NATO, said no.", ("spokesperson", "Jan Kowal", "NATO", None)),
    ("NATO spokeswoman Anna Kowal said no.", ("spokesperson", "Anna Kowal", "NATO", None)),
    ("China, Sri Lanka's biggest creditor, said no.", ("creditor", "China", "Sri Lanka", 1)),
    ("India is Sri Lanka's second-largest creditor.", ("creditor", "India", "Sri Lanka", 2)),
    ("Russia is an ally of Syria.", ("ally", "Russia", "Syria", None)),
    ("Russia, which supports Syria, said no.", ("supporter", "Russia", "Syria", None)),
    ("King Abdullah II met Jordan's generals.", ("head", "Abdullah II", "Jordan", None)),
    ("Germany recalled Ambassador Jan Kowal.", ("representative", "Jan Kowal", "Germany", None)),
    ("Labour's Anna Kowal said that Britain had failed.", ("member", "Anna Kowal", "Labour Party", None)),
    ("Hamas, led by Jan Kowal, said no.", ("head", "Jan Kowal", "Hamas", None)),
    ("Hamas is led by Jan Kowal.", ("head", "Jan Kowal", "Hamas", None)),
    ("Jan Kowal, who heads NATO's office in Kabul, said no.", ("head", "Jan Kowal", "NATO", None)),
    ("NATO left. Its spokesman, Maj. Gen. Jan Kowal, said no.", ("spokesperson", "Jan Kowal", "NATO", None)),
    ("Ghana fell. The Foreign Minister, Father Jan Kowal, left.", ("head", "Jan Kowal", "Ghana", None)),
    ("Ghana's federal prosecutor, Jan Kowal, left.", ("member", "Jan Kowal", "Ghana", None)),
    ("NATO left. Its Dutch head, Jan Kowal, stayed.", ("head", "Jan Kowal", "NATO", None)),
    (
        "Ghana sacked Jan Kowal as head of the African Union.",
        ("head", "Jan Kowal", "African Union", None),
    ),
    (
        "Jan Kowal of the Dublin-based Acme Institute said no.",
        ("member", "Jan Kowal", "Acme Institute", None),
    ),
    (
        "Jan Kowal, a former British diplomat now at the Acme Institute, said no.",
        ("member", "Jan Kowal", "Acme Institute", None),
    ),
    ("Jan Kowal, a Fatah official at the ministry, left.", ("member", "Jan Kowal", "Fatah", None)),
    ("Jan Kowal, a confidant of former president Anna Wilk, left.", ("ally", "Jan Kowal", "Anna Wilk", None)),
    ("Jan Kowal left with his party, Fianna Fail.", ("member", "Jan Kowal", "Fianna Fáil", None)),
    ("NATO's Jan Kowal said no.", ("member", "Jan Kowal", "NATO", None)),
    ("Germany's deputy foreign minister, Jan Kowal, said no.", ("member", "Jan Kowal", "Germany", None)),
    (
        "Peter Okello was beaten. Okello's lawyer, Anna Wilk, left.",
        ("representative", "Anna Wilk", "Peter Okello", None),
    ),
    (
        "Germany won. Britain's high commissioner, Jan Kowal, left.",
        ("representative", "Jan Kowal", "United Kingdom", None),
    ),
    (
        "Hamas lied. The rebels' envoy abroad, Jan Kowal, left.",
        ("representative", "Jan Kowal", "Hamas", None),
    ),
    (
        "The German army won. The road is open, spokesman Major Jan Kowal said.",
        ("spokesperson", "Jan Kowal", "Bundeswehr", None),
    ),
    ("China agreed. Foreign ministry spokeswoman Li Na left.", ("spokesperson", "Li Na", "China", None)),
    (
        "The finance committee met. Jan Kowal, who chairs the panel, left.",
        ("head", "Jan Kowal", "finance committee", None),
    ),
    ("Judge Jan Kowal's commission of inquiry met.", ("head", "Jan Kowal", "commission of inquiry", None)),
    ("Russia supplies most of Bulgaria's gas.", ("supplier", "Russia", "Bulgaria", None)),
    ("Belarus gets most of its oil from Russia.", ("supplier", "Russia", "Belarus", None)),
    ("Armenia depends on Russia for its gas.", ("supplier", "Russia", "Armenia", None)),
    ("Jan Kowal left with his Croatian counterpart, Ante Babic.", ("head", "Ante Babic", "Croatia", None)),
    (
        "The IMF's mission chief for Ghana, Jan Kowal, left.",
        ("head", "Jan Kowal", "International Monetary Fund", None),
    ),
    (
        "Peter Okello won. Okello's wife, the blogger Anna Wilk, left.",
        ("relative", "Anna Wilk", "Peter Okello", None),
    ),
    ("UN High Commissioner for Refugees Anna Berg thanked Kenya.", ("head", "Anna Berg", "UNHCR", None)),
    ("Kenya's energy secretary, Anna Wilk, left.", ("head", "Anna Wilk", "Kenya", None)),
    ("Fatah official Jan Kowal left.", ("member", "Jan Kowal", "Fatah", None)),
    (
        "Minister for Foreign Affairs Julia Bergman met the envoy in Sweden.",
        ("head", "Julia Bergman", "Sweden", None),
    ),
    (
        "The Executive Secretary of the African Union, Jan Kowal, left.",
        ("head", "Jan Kowal", "African Union", None),
    ),
    ("Le Monde closed. Its editor, Anna Wilk, left.", ("head", "Anna Wilk", "Le Monde", None)),
    ("Jan Kowal, the proprietor of Le Monde, left.", ("owner", "Jan Kowal", "Le Monde", None)),
    (
        "Jan Kowal accused his predecessor, Anna Wilk, of theft.",
        ("predecessor", "Anna Wilk", "Jan Kowal", None),
    ),
    ("Jan Kowal quit. His successor, Anna Wilk, left.", ("successor", "Anna Wilk", "Jan Kowal", None)),
    ("Hamas, to which Jan Kowal belongs, said no.", ("member", "Jan Kowal", "Hamas", None)),
    ("Iran has long supported Hezbollah.", ("supporter", "Iran", "Hezbollah", None)),
    ("Jan Kowal fled. Soldiers shot Kowal's brother.", ("relative", "brother", "Jan Kowal", None)),
    (
        "Jan Kowal left. A spokesman for Kowal said no.",
        ("spokesperson", "spokesman", "Jan Kowal", None),
    ),
    ("A cabinet spokesman, Jan Kowal, said no.", ("spokesperson", "Jan Kowal", "cabinet", None)),
    ("Jan Kowal left. Pro-Kowal militias fled.", ("supporter", "Pro-Kowal militias", "Jan Kowal", None)),
    ("Gazprom, which is majority-owned by the Russian state, left.", ("owner", "Russia", "Gazprom", None)),
    ("Jan Kowal's Hamas said no.", ("head", "Jan Kowal", "Hamas", None)),
]
HALF_TOLD = [
    "Opposition leader Jan Kowal left.",
    "Gaziantep Mayor Jan Kowal left.",
    "The mayor of Gaziantep, Jan Kowal, condemned the attack.",
    "Jan Kowal, who heads the intelligence panel, left.",
]
NOT_TOLD = [
    "The World Trade Organization met. Trade unionist Jan Kowal left.",
    "Former German chancellor Angela Merkel left.",
    "Russia is not an ally of Syria.",
    "Russia may become an ally of Syria.",
    "After talks with the president of France, Angela Merkel left.",
    "Russia was an ally of Egypt.",
    "Russia has backed Egypt.",
    "The Kenyan Human Rights Commission accused Russia.",
    "Local commander Jan Kowal said Russia had fired.",
    "Russia supplied most of Bulgaria's gas.",
]


def ties(record: Record) -> list[tuple[str, str, str, int | None]]:
    names = {a.id: a.name for a in record.actors}
    return [(t.kind, names[t.from_], names.get(t.to or "", ""), t.rank) for t in record.ties]


@pytest.mark.parametrize(("text", "tie"), TOLD)
def test_a_shape_tells_one_tie(
    code: Callable[..., Record], text: str, tie: tuple[str, str, str, int | None]
) -> None:
    assert ties(code(text)) == [tie]


@pytest.mark.parametrize("text", HALF_TOLD)
def test_who_heads_what_is_no_actor_here_heads_nobody_named(code: Callable[..., Record], text: str) -> None:
    assert ties(code(text)) == [("head", "Jan Kowal", "", None)]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_has_ended_or_is_denied_is_no_tie(code: Callable[..., Record], text: str) -> None:
    assert ties(code(text)) == []


def test_the_creditor_before_the_second_is_the_first(code: Callable[..., Record]) -> None:
    record = code("India is the second creditor of Sri Lanka after China.")
    assert set(ties(record)) == {("creditor", "India", "Sri Lanka", 2), ("creditor", "China", "Sri Lanka", 1)}


def test_a_tie_told_in_a_statement_is_its_speakers(code: Callable[..., Record]) -> None:
    record = code("Putin said that Iran is an ally of Syria.")
    names = {a.id: a.name for a in record.actors}
    assert [names[t.said_by or ""] for t in record.ties if t.kind == "ally"] == ["Vladimir Putin"]


def test_the_second_of_two_roles_may_have_a_pronoun(code: Callable[..., Record]) -> None:
    record = code("Russia, Syria's closest ally and its main supplier of arms, said no.")
    assert set(ties(record)) == {("ally", "Russia", "Syria", None), ("supplier", "Russia", "Syria", 1)}


def test_a_known_head_leads_his_own_body_not_the_one_told_of_last(code: Callable[..., Record]) -> None:
    text = "The United Nations met, and so did the African Union. Secretary-General Ban Ki-moon left."
    assert ties(code(text, published="2012-05-26")) == [("head", "Ban Ki-moon", "United Nations", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dozens of supporters of Hamas gathered.", "supporter"),
        ("A Hamas senator resigned.", "member"),
    ],
)
def test_who_has_no_name_may_be_of_a_body_that_has_one(
    code: Callable[..., Record], text: str, kind: str
) -> None:
    assert [(told, of) for told, _, of, _ in ties(code(text))] == [(kind, "Hamas")]
