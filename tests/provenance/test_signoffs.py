"""A hundred invented sign-offs and bylines in the manner of real ones, from more than eight agencies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from provcheck.checker import Result

ROLES = {"r": "reporting", "+": "additional-reporting", "w": "writing", "e": "editing", "a": "author"}
LEADS = {
    "en": "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement.\n\n"
    "All were brought ashore before noon by fishermen from the villages of the coast, the mayor told reporters.\n\n",
    "de": "Die Fähre ist am Montag mit sechzig Menschen an Bord vor Nordhaven gesunken, teilte die Küstenwache mit.\n\n"
    "Alle wurden noch vor dem Mittag von Fischern aus den Dörfern der Küste an Land gebracht, sagte die Bürgermeisterin.\n\n",
    "fr": "Le ferry a coulé lundi au large de Nordhaven avec soixante personnes à bord, ont annoncé les garde-côtes.\n\n"
    "Toutes ont été ramenées à terre avant midi par des pêcheurs des villages de la côte, a déclaré la maire de la ville.\n\n",
    "es": "El ferry se hundió el lunes frente a Nordhaven con sesenta personas a bordo, informó la guardia costera.\n\n"
    "Todas fueron llevadas a tierra antes del mediodía por pescadores de los pueblos de la costa, dijo la alcaldesa.\n\n",
    "it": "Il traghetto è affondato lunedì al largo di Nordhaven con sessanta persone a bordo, ha detto la guardia costiera.\n\n"
    "Tutte sono state portate a terra prima di mezzogiorno dai pescatori dei villaggi della costa, ha detto la sindaca.\n\n",
    "pt": "O ferry afundou-se na segunda-feira ao largo de Nordhaven com sessenta pessoas a bordo, disse a guarda costeira.\n\n"
    "Todas foram levadas para terra antes do meio-dia por pescadores das aldeias da costa, disse a presidente da câmara.\n\n",
}
TONGUES = {
    "von": "de",
    "par": "fr",
    "di": "it",
    "(dell'inviata": "it",
    "(reporte": "es",
    "reporte": "es",
    "(reportagem": "pt",
    "reportagem": "pt",
}
OPENERS = ("by ", "von ", "par ", "por ", "di ", "words by", "written by")


def rows() -> list[tuple[str, str, set[tuple[str, str]]]]:
    lines = Path(__file__).with_name("signoffs.tsv").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        if not line.startswith("#"):
            agency, text, told = line.split("\t")
            parts = [] if told == "-" else _split(told)
            found.append((agency, text, {(name, ROLES[role]) for role, name in parts}))
    return found


def _split(told: str) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for word in told.split(" "):
        if word[1:2] == ":":
            entries.append((word[0], word[2:]))
        else:
            role, name = entries[-1]
            entries[-1] = (role, f"{name} {word}")
    return entries


def named(check: Callable[..., Result], agency: str, text: str) -> set[tuple[str, str]]:
    """A byline opens an article and a sign-off closes it; the article is in the language of the credit."""
    tongue = {"EFE": "es", "Lusa": "pt"}.get(agency, TONGUES.get(text.split(maxsplit=1)[0].lower(), "en"))
    opens = text.lower().startswith(OPENERS) or (
        text[0].isalpha() and text.endswith(("bureaus", "Associated Press"))
    )
    whole = f"{text}\n\n{LEADS[tongue]}" if opens else f"{LEADS[tongue]}{text}"
    return {(b.name, b.role) for b in check(whole).record.provenance.bylines}


def test_a_hundred_of_eight_agencies() -> None:
    assert len(rows()) >= 100
    assert len({agency for agency, _, _ in rows()} - {"staff"}) >= 8


def test_nearly_all_names_and_roles_are_right(check: Callable[..., Result]) -> None:
    right = total = 0
    wrong: list[str] = []
    for agency, text, expected in rows():
        found = named(check, agency, text)
        right += len(found & expected)
        total += max(len(expected), len(found))
        if found != expected:
            wrong.append(
                f"{agency}: {text}\n    missing {sorted(expected - found)}, wrong {sorted(found - expected)}"
            )
    assert right >= 0.97 * total, f"{right} of {total}\n" + "\n".join(wrong)
