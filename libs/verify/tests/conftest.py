"""What every test of the verifier has around it."""

from hypothesis import settings

# How long an example takes says more about the machine than about the verifier.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")
