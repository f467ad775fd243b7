"""The contract of erasures: parts of records were erased, and the other services remove their copies."""

from dataclasses import dataclass

from countersign_common.events.contract import COUNT, TEXT, UUID, Contract, nullable, object_of

ERASURE_TYPE = "countersign.erasure.v1"

PERSON, CONTENT = "person", "content"
"""The parts of a dataset that can be erased."""

MAX_DATASETS = 1_000
"""Maximum number of datasets in an erasure, so that it fits in a message (about 200 KB)."""


@dataclass(frozen=True)
class ErasedDataset:
    """A dataset of which parts were erased.

    Attributes:
        dataset_id: The id of the dataset and of its event.
        workflow_id, sequence: Where the workflow service has the event; None for an event without a workflow.
        owner_id: Id of the action owner. `person` is their part.
        parts: `person`, `content` or both.
    """

    dataset_id: str
    workflow_id: str | None
    sequence: int | None
    owner_id: str
    parts: tuple[str, ...]

    @property
    def person(self) -> bool:
        """Whether the names and addresses of the action owner were erased."""
        return PERSON in self.parts

    @property
    def content(self) -> bool:
        """Whether title, comment and data were erased."""
        return CONTENT in self.parts


@dataclass(frozen=True)
class Erasure:
    """The data of an erasure.

    Attributes:
        event_id: The id of the audit event that names the erased parts.
        user_id: The user who was erased; None for retention.
        datasets: At most 1,000.
    """

    event_id: str
    user_id: str | None
    datasets: tuple[ErasedDataset, ...]


ERASURE = Contract(
    Erasure,
    object_of(
        {
            "eventId": UUID,
            "userId": nullable(TEXT),
            "datasets": {
                "type": "array",
                "maxItems": MAX_DATASETS,
                "items": object_of(
                    {
                        "datasetId": UUID,
                        "workflowId": nullable(UUID),
                        "sequence": nullable(COUNT),
                        "ownerId": TEXT,
                        # A part that a consumer doesn't know must not be ignored: the message fails and is kept.
                        "parts": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "enum": [PERSON, CONTENT]},
                        },
                    }
                ),
            },
        }
    ),
)
