"""What can go wrong with a cloud, said so that a person can fix it."""

from __future__ import annotations


class CloudError(Exception):
    """A cloud cannot do what was asked.

    Attributes:
        message: what is wrong, in a sentence.
        fix: the command or step that mends it, when one is known.
    """

    def __init__(self, message: str, fix: str | None = None) -> None:
        super().__init__(f"{message} Fix: {fix}" if fix else message)
        self.message = message
        self.fix = fix
