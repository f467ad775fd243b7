"""What can go wrong with a cloud, said so that a person can mend it."""

from __future__ import annotations


class CloudError(Exception):
    """A cloud cannot do what was asked.

    Attributes:
        message: what is wrong, in a sentence.
        mend: the command or step that mends it, when one is known.
    """

    def __init__(self, message: str, mend: str | None = None) -> None:
        super().__init__(f"{message} Mend it with: {mend}" if mend else message)
        self.message = message
        self.mend = mend
