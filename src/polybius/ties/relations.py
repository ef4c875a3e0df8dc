"""Ties told without a role word: by verbs, by "of" behind a name, by nouns between two, by a body's owner."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from polybius.parse import Clause, read_nominal
from polybius.record import Actor, Mention, Tie
from polybius.ties.described import Descriptions
from polybius.ties.phrases import phrase_of
from polybius.ties.words import kinds, words

_OFFICIAL = {"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PRM"}
_BODIES = {"organization", "group"}
_OWNERS = {"state", "organization"}
_LED = {"PTY", "REB", "PRM", "UAF"}  # bodies that are told to be somebody's who leads them


class Relations:
    """Reads the clauses and names of one report; names and phrases are asked of ``Descriptions``."""

    def __init__(self, descriptions: Descriptions) -> None:
        self.describe = descriptions
        self.parsed, self.cast, self.doc = descriptions.parsed, descriptions.cast, descriptions.doc
        self.named = descriptions.named

    def ties(self) -> Iterator[Tie]:
        """All of them, in no order."""
        for clause in self.parsed.clauses:
            yield from self._verb(clause)
            yield from self._trade(clause)
            yield from self._sworn_in(clause)
        for mention in self.cast.mentions:
            if mention.kind in {"name", "description"}:
                yield from self._of_mention(mention)
        for noun in self.doc:
            if noun.pos_ == "NOUN" and noun.lemma_.lower() in kinds("pair"):
                yield from self._between(noun)
            elif noun.lower_ in {"party", "movement"}:
                yield from self._party_of(noun)

    def _verb(self, clause: Clause) -> Iterator[Tie]:
        """ "X leads Y", "Y, led by X", "X, which supports Y": what holds as the report is written."""
        kind, targets = kinds("v").get(clause.lemma), clause.args("obj")
        for place in ("for", "to"):  # "who speaks for Y", "to which X belongs"
            if kind is None and place in clause.arguments:
                kind, targets = kinds("v").get(f"{clause.lemma} {place}"), clause.args(place)
        if kind is None or not _stands(clause):
            return
        for subject in clause.args("subj"):
            if subject.dep_ == "appos" and self.cast.at(subject) is None:
                subject = subject.head  # "X, a television host who leads Y"
            owner = self.cast.at(subject)
            for target in targets[:1]:
                actor = self.cast.at(target) or self._owner_of(target, kind)
                if owner is None or owner == actor or not self._can(kind, owner, actor):
                    continue
                yield self.describe.tie(kind, owner, actor, subject, target, clause.predicate)

    def _trade(self, clause: Clause) -> Iterator[Tie]:
        """ "X supplies most of Y's oil", "X sells arms to Y", "X buys its gas from Y", "X relies on Y for gas"."""
        shape = next((s for s in ("give", "take", "lean") if clause.lemma in kinds(s)), None)
        if shape is None or not _stands(clause) or (shape == "lean" and "for" not in clause.arguments):
            return
        kind, goods = kinds(shape)[clause.lemma], clause.args("obj")
        other_end = {"give": ("to",), "take": ("from",), "lean": ("on", "upon")}[shape]
        around = [t for noun in goods for t in noun.subtree]
        others = clause.args(*other_end) or tuple(
            t for t in around if t.dep_ == "pobj" and t.head.lower_ in other_end
        )
        if shape == "give" and "with" in clause.arguments:
            others = goods
        elif not others:
            others = tuple(t for t in around if t.dep_ == "poss")
        elif shape == "take":
            kind = "supplier"
        for one, other in ((s, o) for s in clause.args("subj")[:1] for o in others[:1]):
            who, whom = self.cast.at(one), self.cast.at(other)
            if who is None or whom is None or who == whom or not self._can(kind, who, whom):
                continue
            if shape == "lean" or (shape == "take" and kind == "supplier"):
                yield self.describe.tie(kind, whom, who, other, one, clause.predicate)
            else:
                yield self.describe.tie(kind, who, whom, one, other, clause.predicate)

    def _owner_of(self, noun: Token, kind: str) -> str | None:
        """ "X heads UNHCR's office", "chairs the panel": the body whose office it is, or that is called so."""
        owners = (self.cast.at(c) for c in noun.children if c.dep_ in {"poss", "compound"})
        bodies = (o for o in owners if o is not None and self.cast.actors[o].kind == "organization")
        if kind != "head":
            return None
        known = any(c.lower_ in {"the", "this", "that"} for c in noun.children)
        return next(bodies, None) or (self.describe.towards.body_called(noun) if known else None)

    def _can(self, kind: str, owner: str, target: str | None) -> bool:
        if (
            target is None
        ):  # "who chairs the panel", "who speaks for the evacuees": told, though no actor here
            person = self.cast.actors[owner].kind == "person" and owner in self.named
            return person and kind in {"head", "spokesperson"}
        held = self.cast.actors[target]
        known = target in self.named or held.known_as is not None
        if kind == "head":
            return self.cast.actors[owner].kind == "person" and held.kind in {"state", *_BODIES}
        if kind in {"spokesperson", "representative"}:
            return owner in self.named and (
                kind == "representative" or self.cast.actors[owner].kind == "person"
            )
        if kind == "owner":
            return held.kind == "organization" and known
        return known and owner in self.named

    def _sworn_in(self, clause: Clause) -> Iterator[Tie]:
        """ "X took the oath as prime minister of Y", "serves as", "Z named [sacked] X as prime minister"."""
        verb = clause.lemma.split(" ")[0]
        given = verb in words("installs")  # "named X as", "sacked X as", "swore X in as"
        if (not given and verb not in words("serves")) or clause.negation or clause.modal:
            return
        holders = clause.args("obj") if clause.passive or given else clause.args("subj")
        for noun in clause.arguments.get("as", ()):
            for holder in (holders or clause.args("subj"))[:1]:
                actor = self.cast.at(holder)
                if actor is not None and self.cast.actors[actor].kind == "person":
                    yield from self.describe.held(noun, (actor, holder))

    def _of_mention(self, mention: Mention) -> Iterator[Tie]:
        span = self.doc.char_span(*mention.span, alignment_mode="expand")
        if span is None:
            return
        actor = self.cast.actors[mention.actor]
        if actor.kind == "person" and mention.kind == "name":
            yield from self._belongs(actor, span[-1])
        elif actor.kind in _BODIES:
            yield from self._led(actor, span.root)
            if actor.sector in _LED and mention.kind == "name":
                yield from self._own_party(actor, span.root)
            if mention.kind == "description":
                yield from self._for(actor, span)
            yield from self._chaired(actor, span.root)
            if actor.kind == "organization":
                yield from self._owned(actor, span.root)

    def _belongs(self, person: Actor, name: Token) -> Iterator[Tie]:
        """ "Anura Dissanayake of the leftist JVP", "Hernandez, of the conservative National Party"."""
        yield from self._of_party(person, name)
        yield from self._now_at(person, name)
        doc, index = self.doc, name.i + 1
        if index < len(doc) and doc[index].text == ",":
            index += 1
        if index >= len(doc) or doc[index].lower_ not in {"of", "for"}:
            return
        if doc[index].lower_ == "for" and doc[index - 1].text != ",":
            return
        for token in doc[index + 1 : index + 9]:
            verb = token.pos_ in {"VERB", "AUX"} and token.nbor(-1).text != "-"  # but "the Oslo-based X"
            if verb or (token.is_punct and token.text != "-"):
                return
            body = self.cast.by_token.get(token.i)
            if body is not None and self.cast.actors[body].kind == "organization":
                if body in self.named and (
                    doc[index].lower_ == "of" or self.cast.actors[body].sector == "PTY"
                ):
                    yield self.describe.tie("member", person.id, body, name, token, token)
                return

    def _now_at(self, person: Actor, name: Token) -> Iterator[Tie]:
        """ "Anna Kowal, a former diplomat now at the Example Institute": where one is after what one was."""
        doc, end = self.doc, min(name.i + 16, name.sent.end)
        if doc[name.i + 1 : name.i + 2].text != ",":
            return
        for now in doc[name.i + 2 : end - 2]:
            if now.tag_ in {"VBD", "VBZ", "VBP", "MD"} or now.text == ",":
                return
            if now.lower_ == "now" and now.nbor(1).lower_ in {"at", "with"}:
                for token in doc[now.i + 2 : now.i + 8]:
                    body = self.cast.by_token.get(token.i)
                    if body in self.named and self.cast.actors[body].kind == "organization":
                        yield self.describe.tie("member", person.id, body, name, token, now)
                        return

    def _of_party(self, person: Actor, name: Token) -> Iterator[Tie]:
        """ "Labour's Anna Kowal", "the African Union's Moussa Faki": a body that possesses a person's name."""
        for owner in (c for c in name.children if c.dep_ == "poss"):
            party = self.cast.by_token.get(owner.i)
            if party in self.named and self.cast.actors[party].kind == "organization":
                yield self.describe.tie("member", person.id, party, name, owner, owner)

    def _for(self, group: Actor, words: Span) -> Iterator[Tie]:
        """ "pro-Ouattara militias": whose name stands behind "pro-" has their support."""
        doc = words.doc
        for token in doc[max(0, words.start - 2) : words.end]:
            backed = (
                self.cast.by_token.get(token.i + 2) if doc[token.i + 1 : token.i + 2].text == "-" else None
            )
            if token.lower_ == "pro" and backed in self.named and backed != group.id:
                yield self.describe.tie("supporter", group.id, backed, words.root, doc[token.i + 2], token)

    def _own_party(self, party: Actor, name: Token) -> Iterator[Tie]:
        """ "his United National Party"; who possesses it by name leads it: "Merkel's Christian Democrats"."""
        after = name.nbor(1) if name.i + 1 < len(name.doc) and name.dep_ == "compound" else name
        nouns = [name, after] if after == name.head else [name]  # "General Dostum's Junbish movement"
        for holder in (c for noun in dict.fromkeys(nouns) for c in noun.children if c.dep_ == "poss"):
            person = self.cast.at(holder)
            if person is not None and self.cast.actors[person].kind == "person":
                kind = "member" if holder.pos_ == "PRON" else "head"
                if kind == "member" and party.sector != "PTY":
                    continue  # "his Islamic Front": whether he leads it or fights for it is not told
                yield self.describe.tie(kind, person, party.id, holder, name, name)

    def _party_of(self, noun: Token) -> Iterator[Tie]:
        """ "the MAS, the party of Morales", "her party, the MAS"."""
        phrase = phrase_of(noun)
        party = self.describe.named_before(phrase) or self.describe.named_behind(phrase)
        if party is None or self.cast.actors[party[0]].kind not in _BODIES:
            return
        for person, token in self.describe.towards.of(phrase, "member"):
            if self.cast.actors[person].kind == "person":
                yield self.describe.tie("member", person, party[0], token, party[1], noun)

    def _led(self, body: Actor, name: Token) -> Iterator[Tie]:
        """ "the Saudi-led coalition": who stands before "-led" heads it."""
        for child in name.children:
            if child.lower_ not in {"led", "headed"} or child.i < 2 or child.nbor(-1).text != "-":
                continue
            leader = self.cast.at(child.nbor(-2))
            known = body.id in self.named or body.known_as is not None
            if leader is not None and leader != body.id and known:
                yield self.describe.tie("head", leader, body.id, child.nbor(-2), name, child)

    def _chaired(self, body: Actor, name: Token) -> Iterator[Tie]:
        """ "Judge Goldstone's commission": who possesses a panel of inquiry heads it."""
        for holder in (c for c in name.children if c.dep_ == "poss" and name.lower_ in words("panel")):
            person = self.cast.at(holder)
            own = self.cast.by_token.get(name.i) == body.id
            if own and person is not None and self.cast.actors[person].kind == "person":
                yield self.describe.tie("head", person, body.id, holder, name, name)

    def _owned(self, body: Actor, name: Token) -> Iterator[Tie]:
        """ "the Venezuelan state oil company, PDVSA", "Serbia's interior ministry": a body of its owner."""
        if name.lower_ in {"government", "regime"}:  # the state itself
            return
        beside = [name, *(c for c in name.children if c.dep_ in {"appos", "compound"} and c.pos_ == "NOUN")]
        if name.dep_ in {"appos", "compound"} and name.head.pos_ == "NOUN":
            beside.append(name.head)
        before = [
            c for noun in beside for c in noun.children if c.dep_ in {"poss", "amod", "compound", "nmod"}
        ]
        owned = any(t.is_lower and t.lower_ in words("owned") for t in before)
        for token in before:
            owner = self.cast.at(token)
            if (
                owner is None
                or owner == body.id
                or token.pos_ == "PRON"
                or self.cast.actors[owner].kind not in _OWNERS
            ):
                continue
            body_of_state = self.cast.actors[owner].kind == "state" and body.sector in _OFFICIAL
            its_own = token.dep_ == "poss" and token.head == name and body.sector != "REB"
            governs = owner in self.named and self.cast.actors[owner].sector == "GOV"  # "the GNA's ministry"
            its_own = its_own and (body.known_as is not None or (governs and body.sector in _OFFICIAL))
            if token.pos_ != "PRON" and words("apart").keys() & set(body.name.lower().split()):
                continue  # "the Kenyan Human Rights Commission"
            if owned or body_of_state or its_own:
                yield self.describe.tie("part_of", body.id, owner, name, token, name)
                return
        state = self.cast.states.get(body.country or "")
        inside = [t for c in name.children if c.dep_ != "conj" for t in c.subtree]
        makers = (by for c in inside if c.lower_ == "owned" for by in c.children if by.dep_ == "agent")
        for noun in (
            n for by in makers for n in by.children
        ):  # "which is majority-owned by the French state"
            owner = self.cast.at(noun)
            if owner is not None and owner != body.id:
                yield self.describe.tie("owner", owner, body.id, noun, name, noun)
                return
        told = any(c.is_lower and c.lower_ in words("owned") for c in inside)
        if told and state is not None and any(c.ent_type_ in {"NORP", "GPE"} for c in inside):
            yield self.describe.tie("part_of", body.id, state, name, name, name)

    def _between(self, noun: Token) -> Iterator[Tie]:
        """ "South Korea's alliance with America": a noun that joins two."""
        nominal = read_nominal(noun, None)
        left, right = nominal.args("poss", "between"), nominal.args("with", "to")
        if not right and len(nominal.args("between")) == 2:
            left, right = nominal.args("between")[:1], nominal.args("between")[1:]
        for owner in left:
            for target in right[:1]:
                one, other = self.cast.at(owner), self.cast.at(target)
                if one is not None and other is not None and one != other:
                    yield self.describe.tie(
                        kinds("pair")[noun.lemma_.lower()], one, other, owner, target, noun
                    )
                    return


def _stands(clause: Clause) -> bool:
    """Whether a clause tells what holds as the report is written, not what was, may be or is denied."""
    if clause.negation is not None or clause.modal is not None:
        return False
    if clause.perfect:  # "has backed Y since 2014", "has long backed Y"
        still = any(c.lower_ in {"since", "long"} for c in clause.predicate.children)
        return still and any(c.lower_ in {"has", "have", "'s", "'ve"} for c in clause.predicate.children)
    if clause.predicate.tag_ in {"VBZ", "VBP"}:
        return True
    told_as = clause.link in {"acl", "relcl"} and clause.predicate.tag_ == "VBN"
    is_so = any(c.dep_ == "auxpass" and c.tag_ in {"VBZ", "VBP"} for c in clause.predicate.children)
    return clause.passive and (told_as or is_so)
