"""How a rule says no. Each refusal names its rule; few classes, since callers only tell these few apart."""


class Refused(Exception):
    """Something a rule forbids. Nothing has changed.

    Attributes:
        rule: the rule's name in kebab-case: `own-request`.
        pointer: RFC 6901, the part of the request that the rule is about; None when it is about no part.
    """

    def __init__(self, rule: str, detail: str, pointer: str | None = None) -> None:
        super().__init__(detail)
        self.rule = rule
        self.pointer = pointer


class NotFound(Refused):
    """Not there, or not for this person to see; nobody can tell which."""


class NotPermitted(Refused):
    """This person may not do it, whatever the state."""


class NotPossible(Refused):
    """The state does not allow it, whoever asks."""


class Stale(Refused):
    """It was decided on a version that is no longer the newest."""


class Incomplete(Refused):
    """The rule needs more than was given."""
