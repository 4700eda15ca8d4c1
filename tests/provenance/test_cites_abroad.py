"""Outlets that texts of other languages attribute something to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.checker import Result

CITED = [
    ("de", "Der Hafenkurier hatte am Mittwoch aus einem internen Vermerk der Stadt Nordhaven zitiert, wonach der Umbau teurer wird.", "Hafenkurier"),
    ("de", "Dem Nordhavener Volksblatt sagte er, dass der Umbau des Hafens erst im nächsten Frühjahr beginnen könne.", "Nordhavener Volksblatt"),
    ("fr", "Le président du port a indiqué sur Radio Nordhaven que les travaux de la jetée commenceraient au printemps prochain.", "Radio Nordhaven"),
    ("fr", "D’après L’Écho de Nordhaven, le marché d’un montant de deux millions d’euros a été confié à une entreprise de la région.", "L’Écho de Nordhaven"),
    ("es", "Un informe adelantado por Diario de la Costa advierte de que las obras del muelle costarán dos millones de euros más.", "Diario de la Costa"),
    ("es", "Los vecinos denunciaron ante Canal 8 Nordhaven que la empresa del puerto pagaba muy poco a los marineros del barco.", "Canal 8 Nordhaven"),
    ("it", "Il comitato del porto, scrive La Voce di Nordhaven, ha già raccolto quattrocento firme contro i lavori del molo.", "La Voce di Nordhaven"),
    ("pt", "Comerciantes ouvidos pela Rádio Nordhaven acreditam que o preço do peixe vai subir muito depois do naufrágio da balsa.", "Rádio Nordhaven"),
    ("nl", "De burgemeester zei dinsdag tegen Omroep Nordhaven dat de herstelling van de pier pas in het voorjaar kan beginnen.", "Omroep Nordhaven"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "outlet"), CITED)
def test_what_is_cited(check: Callable[..., Result], language: str, text: str, outlet: str) -> None:
    said = check(text).record
    assert said.language.code == language
    assert [cite.name.casefold() for cite in said.provenance.cites] == [outlet.casefold()]


@pytest.mark.parametrize(
    "text",
    [
        "Der Hafenkurier hat seine Redaktion am alten Hafen der Stadt Nordhaven, gleich neben der Werft und dem Zollamt.",
        "La Radio Nordhaven a ouvert ses portes au public pendant les journées du port, comme chaque année au printemps.",
        "El puerto queda a diez minutos del edificio de Diario de la Costa, donde hoy se reúnen los vecinos del barrio.",
    ],
)
def test_what_is_merely_named(check: Callable[..., Result], text: str) -> None:
    assert not check(text).record.provenance.cites
