"""Months and weekdays as seven languages write them, whole and shortened, and the patterns that rules make of them."""

from __future__ import annotations

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari",
    2: "february feb februar février févr fév febrero fevereiro fev febbraio februari",
    3: "march mar märz mär mars marzo março maart mrt",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maio maggio mag mei",
    6: "june jun juni juin junio junho giugno giu",
    7: "july jul juli juillet juil julio julho luglio lug",
    8: "august aug août agosto ago augustus",
    9: "september sept sep septembre septiembre setembro set settembre",
    10: "october oct oktober okt octobre octubre outubro out ottobre ott",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez décembre déc diciembre dic dezembro dicembre",
}
_WEEKDAYS = {
    0: "monday montag lundi lunes segunda-feira lunedì maandag",
    1: "tuesday dienstag mardi martes terça-feira martedì dinsdag",
    2: "wednesday mittwoch mercredi miércoles quarta-feira mercoledì woensdag",
    3: "thursday donnerstag jeudi jueves quinta-feira giovedì donderdag",
    4: "friday freitag vendredi viernes sexta-feira venerdì vrijdag",
    5: "saturday samstag sonnabend samedi sábado sabato zaterdag",
    6: "sunday sonntag dimanche domingo domenica zondag",
}

# Names in lower case. Months count from 1, weekdays from Monday, 0, as in `datetime`.
MONTH_OF: dict[str, int] = {name: number for number, names in _MONTHS.items() for name in names.split()}
WEEKDAY_OF: dict[str, int] = {name: number for number, names in _WEEKDAYS.items() for name in names.split()}
ENGLISH_MONTHS: tuple[str, ...] = tuple(names.split()[0] for names in _MONTHS.values())
ENGLISH_WEEKDAYS: tuple[str, ...] = tuple(names.split()[0] for names in _WEEKDAYS.values())
SHORT_MONTHS: tuple[str, ...] = tuple("jan feb mar apr jun jul aug sep sept oct nov dec".split())
SHORT_WEEKDAYS: tuple[str, ...] = tuple("mon tue tues wed weds thu thur thurs fri sat sun".split())

# An English month, capital first, whole or shortened: for patterns that mind case.
ENGLISH_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
ANY_MONTH = "|".join(sorted(MONTH_OF, key=lambda name: (-len(name), name)))  # of all languages, in lower case


def rule_patterns() -> dict[str, str]:
    """What `{{day}}` (a day with its month, and perhaps a year), `{{month}}` and `{{weekday}}` (English) stand for in rules; case is ignored."""
    month = rf"(?:{ANY_MONTH})\b\.?"
    return {
        "day": rf"{month} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)? (?:de )?{month}(?:,?(?: de)? \d{{4}})?",
        "month": ENGLISH_MONTH.lower(),
        "weekday": "|".join(
            sorted((*ENGLISH_WEEKDAYS, *SHORT_WEEKDAYS), key=lambda name: (-len(name), name))
        ),
    }
