"""Findings: what is wrong, with a code for programs and a sentence for people."""

from dataclasses import dataclass
from typing import Any

SENTENCES = {
    "unreadable": "The record can't be read: its sealed text isn't canonical JSON, or lacks a needed field.",
    "hash-mismatch": "The sealed text doesn't have the stored hash.",
    "event-id-mismatch": "The record is stored under another ID than that of its event.",
    "wrong-workflow": "The record belongs to another workflow.",
    "previous-hash-mismatch": "The record doesn't follow the one before it.",
    "missing": "No record has this position.",
    "missing-tail": "Newer records of the workflow existed, and are not here.",
    "fork": "Another record has the same position.",
    "rewritten": "The log holds another hash for this record: it was changed after it was sealed.",
    "unattested": "No manifest of the workflow service names this record.",
    "not-sealed": "The record should be in the log by now, and is not.",
    "person-mismatch": "The personal data isn't what the sealed text commits to.",
    "content-mismatch": "The content isn't what the sealed text commits to.",
    "person-unreadable": "The personal data was committed to, but isn't a canonical JSON object.",
    "content-unreadable": "The content was committed to, but isn't a canonical JSON object.",
    "sealed-shown-differs": "The record shown to people isn't the one that was hashed.",
    "person-shown-differs": "The personal data shown to people isn't what was hashed.",
    "content-shown-differs": "The content shown to people isn't what was hashed.",
    "removed-without-erasure": "A part is missing, and no erasure event names it.",
    "state-mismatch": "The state of the workflow isn't the one that its records lead to.",
    "checkpoint-invalid": "The checkpoint isn't one of this log.",
    "manifest-mismatch": "The manifest isn't the one in the log.",
    "file-missing": "A file of the log is missing or can't be read.",
    "tile-mismatch": "A tile isn't the one that the entries of the log lead to.",
    "entry-repeated": "The log has more than one entry for it.",
}
"""Each code with the sentence that explains it."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with a record, a chain or the log.

    Attributes:
        sequence: the position in the chain, from 1; 0 without a position.
        dataset_id: the record; None if the finding is not about one.
        code: a key of SENTENCES.
        detail: what was found in this case; empty if the sentence of the code says all.
    """

    sequence: int
    dataset_id: str | None
    code: str
    detail: str = ""

    @property
    def sentence(self) -> str:
        """What the code means, and what was found."""
        return f"{SENTENCES[self.code]} {self.detail}".rstrip()

    def to_json(self) -> dict[str, Any]:
        """Return the finding in the format of the API."""
        return {
            "sequence": self.sequence or None,
            "datasetId": self.dataset_id,
            "code": self.code,
            "detail": self.sentence,
        }
