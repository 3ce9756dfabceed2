"""Common words of languages, which confirm what a block is written in without asking a model.

Of languages that share words only those that tell them apart are here; a language that is missing is just slower.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain

from flows.derive.passes import Vocabulary

_WORDS = {
    "cs": "je se na že jsou nebo které pro jako když byl může podle být také tak",
    "da": "er ikke og af det til på blev kan være også hvis når fra efter denne at for",
    "de": "der die und das nicht ist mit ein eine auf für den dem von zu im sie werden wird auch",
    "en": (
        "the and of is to this that with for you your from are was which be can if not it by as an at we our has have"
        " will all each its use using must should these how what where there they but like used following see one only"
        " more any other some such because into their also than then add first when"
    ),
    "es": "el los las una y con del es por está que para su como más pero se",
    "fi": "ja on ei että se kun myös ovat mutta tai voi joka ole sekä",
    "fr": "le les des et est une dans pour vous du que qui sur avec ce cette au votre pas sont",
    "gl": "unha unhas non máis tamén polo pola polos polas ao aos coa coas cun dun nun súa xa ten as os do da",
    "hu": "a az és hogy nem egy is van meg csak azt vagy mint",
    "id": "yang dan untuk dengan ini dari pada adalah dapat akan tidak di ke anda atau",
    "it": "il di che è per una con non sono della gli le dei questo alla nel del come",
    "nb": "er ikke og av det til på ble kan være også hvis når fra etter denne at for",
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
_SHARED = frozenset(word for word, count in Counter(chain.from_iterable(_SETS.values())).items() if count > 1)
FOREIGN_WORDS = 2


def common_word_count(text: str, end: int, language: str) -> int:
    """Return how many different common words of a language stand in the first `end` characters of a text.

    Words that others have too count only beside one that they have not: Danish is full of `for` and `at`. Of a language
    that is not listed there are none.
    """
    return _common(language).count_in(text, end)


def has_foreign_words(text: str, end: int, language: str) -> bool:
    """Say whether common words of other languages are among these; of a language that is not listed, always."""
    return language not in _SETS or _foreign(language).count_in(text, end) >= FOREIGN_WORDS


@lru_cache(maxsize=256)
def _common(language: str) -> Vocabulary:
    return Vocabulary(_SETS.get(language, ()), _SHARED)


@lru_cache(maxsize=len(_WORDS))
def _foreign(language: str) -> Vocabulary:
    return Vocabulary(_ALL - _SETS[language])


# What stands in every text and says nothing about it; beside the common words of all languages above.
_SAYING_NOTHING = (
    "about above after again against already although always among another anything around away back become been"
    " before being below better between both came cannot come could did different does doing done down during each"
    " either enough even ever every few find first get give given go goes going gone good got had he her here herself"
    " him himself his however i immediately in indeed instead it its itself just keep kind know last later least less"
    " let like likely little ll long look lot made make makes making many me mean might mine more most much my myself"
    " near need needs never next no none nor nothing now off often old on once onto or others otherwise our ours out"
    " over own part people perhaps please put quite rather re really right said same say says second see seem seen"
    " several shall she simply since so something soon still such sure take taken tell ten than thank thanks them"
    " themselves then there therefore these thing things think those though three through thus together too took"
    " toward two under unless until up upon us usually ve very via want way ways well went were what whatever when"
    " whether while who whole whom whose why will within without won would year years yes yet yourself don doesn isn"
    " aren wasn weren didn hasn haven shouldn wouldn couldn https http www com html"
)
_SAYING_NOTHING_CHINESE = (
    "一个 一些 一种 一样 一直 一起 一下 一定 不是 不会 不能 不过 不同 之后 之前 之间 也是 了解 什么 他们 她们 它们"
    " 以及 以后 以前 任何 但是 你们 例如 全部 关于 其中 其他 其它 具有 再次 几乎 即使 却是 原文 链接 又是 及其 只是"
    " 只有 可以 可能 同时 后来 向着 哪些 因为 因此 在于 基本 大家 如何 如果 它的 对于 将会 就是 已经 并且 应该 开始"
    " 很多 怎么 怎样 我们 所以 所有 所谓 或者 是否 有些 有的 有关 本文 来说 某些 根据 此外 正在 没有 然后 然而 由于"
    " 的话 目前 直到 相关 看到 而且 而是 自己 至于 虽然 表示 许多 认为 该是 说明 起来 跟着 这个 这些 这样 这种 这里"
    " 进行 还是 还有 通过 那个 那些 那么 那样 部分 都是 除了 需要 非常 为了 成为 作为 使用 使得 其实 今天 今年 近日"
)
STOP_WORDS = frozenset((*_ALL, *_SAYING_NOTHING.split(), *_SAYING_NOTHING_CHINESE.split()))
