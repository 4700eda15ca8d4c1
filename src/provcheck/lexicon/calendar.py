"""Months and weekdays as seven languages write them, whole and shortened."""

from __future__ import annotations

MONTHS: dict[int, str] = {
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
MONTH_OF: dict[str, int] = {name: number for number, names in MONTHS.items() for name in names.split()}
ENGLISH_MONTHS: tuple[str, ...] = tuple(MONTHS[number].split()[0] for number in range(1, 13))

# From Monday, as `date.weekday` counts.
WEEKDAYS: dict[int, str] = {
    0: "monday montag lundi lunes segunda-feira lunedì maandag",
    1: "tuesday dienstag mardi martes terça-feira martedì dinsdag",
    2: "wednesday mittwoch mercredi miércoles quarta-feira mercoledì woensdag",
    3: "thursday donnerstag jeudi jueves quinta-feira giovedì donderdag",
    4: "friday freitag vendredi viernes sexta-feira venerdì vrijdag",
    5: "saturday samstag sonnabend samedi sábado sabato zaterdag",
    6: "sunday sonntag dimanche domingo domenica zondag",
}
ENGLISH_WEEKDAYS: tuple[str, ...] = tuple(WEEKDAYS[number].split()[0] for number in range(7))
# As English papers shorten them: three letters, and what else is usual.
SHORT_WEEKDAYS = "mon tue tues wed weds thu thur thurs fri sat sun"
SHORT_MONTHS = "jan feb mar apr jun jul aug sep sept oct nov dec"
