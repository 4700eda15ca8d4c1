"""Numbers in words, of the languages whose news is compared most."""

from __future__ import annotations

_TENS = range(20, 100, 10)
_ENGLISH = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "twenty thirty forty fifty sixty seventy eighty ninety",
)
_OTHERS = (
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

# Words for the numbers from two on, as far as they are words for nothing else much.
COUNTED: dict[str, int] = {
    word: number
    for ones, tens in (_ENGLISH, *_OTHERS)
    for words, numbers in ((ones, range(2, 20)), (tens, _TENS))
    for word, number in zip(words.split(), numbers, strict=False)
}
