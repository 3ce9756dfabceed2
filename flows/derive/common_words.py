"""Common words of languages, which confirm what a block is written in without asking a model.

Of languages that share words only those that tell them apart are here; a language that is missing is just slower.
"""

from __future__ import annotations

_WORDS = {
    "cs": "je se na že jsou nebo které pro jako když byl může podle být také tak",
    "da": "er ikke og af det til på blev kan være også hvis når fra efter denne",
    "de": "der die und das nicht ist mit ein eine auf für den dem von zu im sie werden wird auch",
    "en": (
        "the and of is to this that with for you your from are was which be can if not it by as an at we our has have"
        " will all each its use using must should these how what where there they but like used following see one only"
        " more any other some such because into their also than then add first when"
    ),
    "es": "el los las una y con del es por está que para su como más pero se",
    "fi": "ja on ei että se kun myös ovat mutta tai voi joka ole sekä",
    "fr": "le les des et est une dans pour vous du que qui sur avec ce cette au votre pas sont",
    "hu": "a az és hogy nem egy is van meg csak azt vagy mint",
    "id": "yang dan untuk dengan ini dari pada adalah dapat akan tidak di ke anda atau",
    "it": "il di che è per una con non sono della gli le dei questo alla nel del come",
    "nb": "er ikke og av det til på ble kan være også hvis når fra etter denne",
    "nl": "de het een en van is niet zijn voor met dat op je wordt aan ook te deze",
    "pl": "w i nie na jest się że do to jak lub są aby przez może tym dla",
    "pt": "o os uma não com em para do da é são no na você um mais pelo as",
    "ro": "și este în nu cu care pentru din sunt la mai sau prin această",
    "sv": "och är att inte det på för som av med till kan den ett från om",
    "tr": "ve bir bu için ile olarak daha çok olan gibi sonra veya değil",
    "uk": "і та що це для є як або від не ви може якщо до цей під",
    "ru": "и в не на что это для как или с по если вы будет из к также",
    "vi": "và là của các có được cho một trong không với này để những khi",
    "ar": "في من على إلى أن هذا التي هذه أو مع عن لا الذي كان يمكن",
    "fa": "و در به از که این را با است برای می آن یک شود خود",
    "hi": "के है में की और को का से हैं यह लिए पर एक हो कि नहीं",
}


_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}


_ALL = frozenset[str]().union(*_SETS.values())
_FOREIGN = {language: _ALL - words for language, words in _SETS.items()}
FOREIGN_WORDS = 2


def common_word_count(text: str, language: str) -> int:
    """Return how many different common words of a language a text has; 0 for a language that is not listed."""
    return len(_SETS[language].intersection(text.split())) if language in _SETS else 0


def has_foreign_words(text: str, language: str) -> bool:
    """Say whether a text has common words of other languages; of a language that is not listed, always."""
    return language not in _FOREIGN or len(_FOREIGN[language].intersection(text.split())) >= FOREIGN_WORDS
