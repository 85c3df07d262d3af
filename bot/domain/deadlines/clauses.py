"""The words of the clause a time stands in, and what they say of figures."""

from collections.abc import Sequence

from .nodes import Mark, Node, Role

RATES = frozenset({"tang", "giam", "dat", "co", "tang truong", "uoc", "la", "xep"})
MONEY = frozenset({"kinh phi", "ngan sach", "du toan", "nguon von", "chi phi", "chi", "muc chi", "dinh muc"})
_AIMS = frozenset(
    {"dat", "tang", "giam", "co", "khoang", "len", "xuong", "bang", "chiem", "binh quan", "vuot", "duoi"}
)
_BEFORE_SHARE = frozenset(
    {",", ":", "-", "tren", "it nhat", "toi thieu", "khoang", "co", "phan đấu", "phan dau"}
)
REACH = 20


def clause_after(nodes: Sequence[Node], place: int) -> list[str]:
    """The words from a place on, up to the next sentence or duty."""
    texts: list[str] = []
    for node in nodes[place : place + REACH]:
        if not isinstance(node, Mark) or node.role in (Role.STOP, Role.ACTION, Role.REVIEW):
            break
        texts.append(node.text)
    return texts


def sentence_after(nodes: Sequence[Node], place: int) -> list[str]:
    """The words from a place on, up to the next sentence."""
    texts: list[str] = []
    for node in nodes[place : place + REACH]:
        if isinstance(node, Mark) and node.role is Role.STOP:
            break
        texts.append(node.text if isinstance(node, Mark) else "")
    return texts


def clause_before(nodes: Sequence[Node], place: int, within_commas: bool = False) -> list[str]:
    """The words of the same sentence before a place, or only back to its last comma."""
    texts: list[str] = []
    for node in reversed(nodes[max(0, place - REACH) : place]):
        if isinstance(node, Mark) and (node.role is Role.STOP or (within_commas and node.text == ",")):
            break
        texts.append(node.text if isinstance(node, Mark) else "")
    return texts[::-1]


def is_share(texts: Sequence[str]) -> bool:
    """“(đến năm 2025:) trên 90% số xã”: a share stands at the beginning."""
    said = [text for text in texts[:5] if text not in _BEFORE_SHARE]
    return len(said) > 1 and said[0][:1].isdigit() and said[1] == "%"


def has_aim(texts: Sequence[str]) -> bool:
    """“đạt trên 90%”: a word of aiming and near it a figure."""
    return any(
        text in _AIMS and any(near[:1].isdigit() for near in texts[place + 1 : place + 8])
        for place, text in enumerate(texts)
    )
