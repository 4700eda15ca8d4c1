"""Numbers in words, with what they are worth."""

from __future__ import annotations

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES: dict[str, float] = {word: float(n) for n, word in enumerate(_ONES.split())} | {
    word: 10.0 * n for n, word in enumerate(_TENS.split(), 2)
}
SCALES: dict[str, float] = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "lakh": 1e5,
    "crore": 1e7,
}
SHORT_SCALES: dict[str, float] = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trln": 1e12,
}
FRACTIONS: dict[str, float] = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
ORDINALS: dict[str, int] = {word: n for n, word in enumerate(_ORDINALS.split(), 1)}
# An alternation of the English ones, the longest first.
NUMBER_WORDS = "|".join(sorted((*VALUES, *SCALES), key=len, reverse=True))

_ABROAD = (
    ("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", "zwanzig dreißig vierzig fünfzig sechzig"),
    ("deux trois quatre cinq six sept huit neuf dix onze douze", "vingt trente quarante cinquante soixante"),
    (
        "dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "veinte treinta cuarenta cincuenta sesenta",
    ),
    ("dois três quatro cinco seis sete oito nove dez onze doze", "vinte trinta quarenta cinquenta sessenta"),
    (
        "due tre quattro cinque sei sette otto nove dieci undici dodici",
        "venti trenta quaranta cinquanta sessanta",
    ),
    ("twee drie vier vijf zes zeven acht negen tien elf twaalf", "twintig dertig veertig vijftig zestig"),
)
# The words of seven languages for the numbers from two on; "one" and its like are articles, too.
COUNTED: dict[str, int] = {
    word: number
    for ones, tens in (*_ABROAD, (" ".join(_ONES.split()[2:]), _TENS))
    for words, numbers in ((ones, range(2, 20)), (tens, range(20, 100, 10)))
    for word, number in zip(words.split(), numbers, strict=False)
}
