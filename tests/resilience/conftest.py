"""Events are stranded at the beginning of these tests and looked at again at their end.

So the half minute and more after which the relay takes them passes while the others run.
"""

import pytest

from harness.stranding import Stranded, strand


@pytest.fixture(scope="session")
def stranded(cloud) -> dict[str, Stranded]:
    """Events stranded in every way, by story."""
    return strand(cloud)
