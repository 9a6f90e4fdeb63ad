"""The agencies a text names as the source of what it says."""

import re
from functools import cache

from schemas.agencies import agencies
from transforms.parse.dateline import split_dateline

_SAYS = (
    r"report(?:s|ed|ing)?|said|says|quot(?:es|ed|ing)|cit(?:es|ed|ing)|announced|disclosed|added|wrote|carried|published|"
    r"learned|revealed|confirmed|noted|told|tells"
)
# "news agency", "correspondent", a line of the agency's own: what may stand between the name and the verb.
_KIND = r"(?:['\u2019]s)?(?:\s+(?:state\s+)?(?:news\s+agency|news\s+service|newswire|agency))?(?:\s+\([^)]{1,40}\))?"


def cited_agencies(text: str) -> list[str]:
    """Ids of the agencies that a text cites as a source, in order of their first citation.

    A dateline and a credit tell who wrote the text (`origin_agency`), not whom it cites, and are left out.
    """
    frame = split_dateline(text)
    body = text[frame.body_start : frame.body_end]
    cited: dict[str, None] = {}
    for match in _citation().finditer(body):
        cited.setdefault(_ids()[next(name for name in match.groups() if name)])
    return list(cited)


@cache
def _citation() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(_ids(), key=len, reverse=True))
    before = (
        r"(?i:according to|cit(?:ing|ed by)|quot(?:ing|ed by)|told|reports? (?:from|by|in|on|of)|reported by|said by|"
        r"carried by|published by|interview(?:ed)? (?:with|by)|statement to|comments? to|speaking to|spoke to|via)"
    )
    kinds = r"state(?:-run|-owned)?|semi-official|official|private|independent|news|agency|local|its|the|an?"
    own = rf"(?:\s+(?:{kinds}|[A-ZÀ-Þ][\w.-]*(?:['\u2019]s)?)){{0,5}}"
    return re.compile(
        rf"\b{before}{own}\s+({names})\b"
        rf"|\b({names})\b{_KIND},?\s+(?:(?:also|has|had|have|later|earlier|on\s+\w+|citing|previously)\s+){{0,3}}(?:{_SAYS})\b"
        rf"|\b({names})\b\s+(?:state\s+)?(?:news\s+agency|news\s+service|newswire)\b"
    )


@cache
def _ids() -> dict[str, str]:
    return {name: agency.id for agency in agencies() for name in agency.names}
