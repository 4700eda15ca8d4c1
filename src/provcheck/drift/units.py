"""What figures count: the words of units, and which units are taken for one another."""

from __future__ import annotations

# Words that mean one thing to count; any other noun counts itself.
_UNITS = {
    "hour": "hour hours hr hrs", "minute": "minute minutes min mins", "day": "day days", "week": "week weeks",
    "month": "month months", "year": "year years", "percent": "% percent percentage", "km": "km kilometer kilometers kilometre kilometres",
    "mile": "mile miles", "tonne": "ton tons tonne tonnes", "kilo": "kg kilo kilos kilogram kilograms kilogramme kilogrammes",
    "acre": "acre acres", "hectare": "hectare hectares ha", "metre": "m meter meters metre metres", "foot": "ft foot feet",
    "centimetre": "cm centimeter centimeters centimetre centimetres", "millimetre": "mm millimeter millimeters millimetre millimetres",
    "basis point": "basis", "gram": "gram grams gramme grammes", "litre": "liter liters litre litres", "gallon": "gallon gallons",
    "people": "people persons", "dead": "dead deaths killed fatalities victims bodies", "injured": "injured wounded hurt injuries",
    "arrest": "arrest arrests arrested detained", "$": "dollar dollars", "€": "euro euros", "£": "pound pounds",
    "home": "homes houses buildings",
}  # fmt: skip
# Units of one kind: a figure with another one of these is another figure, or the same one with its unit lost.
_KINDS = (
    ("percent", "percentage point", "basis point"), ("$", "€", "£", "yen", "rupee", "franc", "crown"), ("minute", "hour", "day", "week", "month", "year"), ("acre", "hectare"),
    ("km", "mile", "metre", "foot", "centimetre", "millimetre"), ("tonne", "kilo", "gram"), ("litre", "gallon"), ("dead", "injured"),
)  # fmt: skip
_KIND_OF = {unit: kind[0] for kind in _KINDS for unit in kind}
UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
SPREAD = frozenset(
    "minute hour day week month year km mile metre foot centimetre millimetre".split()
)  # of how far things lie apart
NO_UNIT = frozenset(
    "and or of the in on at to for from with by as but that than more less most other others ago later earlier times per cent am pm "
    "was were is are has have had said who which when while after before".split()
)


def kind_of(unit: str) -> str:
    """A name for the units that one may be mistaken for, itself among them."""
    return _KIND_OF.get(unit, unit)
