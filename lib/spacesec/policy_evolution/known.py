"""Up to which day the tables of this theme know what happened."""

from datetime import date

from spacesec.data import extent, vintage

# Column of the days on which something happened, and which rows tell of that rather than of a plan.
HAPPENED = {
    "policy_evolution/events": ("date", {"status": "happened"}),
    "policy_evolution/documents": ("date", {}),
    "policy_evolution/institutions": ("start_date", {"status": "established"}),
    "policy_evolution/unit_strength": ("date", {"status": "reported"}),
    "policy_evolution/promise_outcomes": ("date", {}),
    "policy_evolution/recommendation_outcomes": ("date", {}),
}


def until(*names: str) -> date:
    """The day on which the collection was last looked through, or the newest day in one of these tables if
    that is later.

    names: tables of HAPPENED, ``"<theme>/<table>"``; raises KeyError for others.
    """
    chosen = [(name, *HAPPENED[name]) for name in names]
    days = [extent.last_day(name, column, **where) for name, column, where in chosen]
    return max(vintage.as_of(), *days)
